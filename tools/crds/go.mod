// Custom resource definitions are read from these modules; nothing of them is compiled.
module atelier/tools/crds

go 1.26.6

require (
	github.com/aws/karpenter-provider-aws v1.14.1
	github.com/kyverno/kyverno v1.19.0
	github.com/prometheus-operator/prometheus-operator v0.93.0
)
