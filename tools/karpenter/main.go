// Command karpenter is Karpenter with the controllers of its AWS provider and instances that exist only as data: the
// parts that upstream's package kwok is made of, put together once more, because that program listens on all interfaces
// and takes no address. Here metrics and probes listen on 127.0.0.1.
//
// Source: github.com/aws/karpenter-provider-aws kwok/main.go, at the version of go.mod.
package main

import (
	"context"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/awslabs/operatorpkg/controller"

	"k8s.io/client-go/rest"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/manager"

	"sigs.k8s.io/karpenter/pkg/cloudprovider/metrics"
	"sigs.k8s.io/karpenter/pkg/cloudprovider/overlay"
	core "sigs.k8s.io/karpenter/pkg/controllers"
	"sigs.k8s.io/karpenter/pkg/controllers/state"
	coreoperator "sigs.k8s.io/karpenter/pkg/operator"
	"sigs.k8s.io/karpenter/pkg/operator/options"

	"github.com/aws/karpenter-provider-aws/kwok/cloudprovider"
	"github.com/aws/karpenter-provider-aws/kwok/operator"
	awsv1 "github.com/aws/karpenter-provider-aws/pkg/apis/v1"
	aws "github.com/aws/karpenter-provider-aws/pkg/controllers"
)

// The operator makes its manager through this variable, with addresses of the form ":8080".
func init() {
	ctrl.NewManager = func(config *rest.Config, options manager.Options) (manager.Manager, error) {
		options.Metrics.BindAddress = "127.0.0.1" + options.Metrics.BindAddress
		options.HealthProbeBindAddress = "127.0.0.1" + options.HealthProbeBindAddress
		return manager.New(config, options)
	}
}

// bootClock lets instances boot as fast as ATELIER_BOOT_SECONDS says. Upstream waits 30 seconds, and nothing else of
// what gets this clock waits for anything.
type bootClock struct {
	clock.RealClock
	boot time.Duration
}

func (c bootClock) After(time.Duration) <-chan time.Time { return time.After(c.boot) }

func instanceClock() clock.Clock {
	text, ok := os.LookupEnv("ATELIER_BOOT_SECONDS")
	if !ok {
		return clock.RealClock{}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || seconds < 0 {
		panic("ATELIER_BOOT_SECONDS: " + text + " is no number of seconds")
	}
	return bootClock{boot: time.Duration(seconds * float64(time.Second))}
}

func main() {
	kubernetes := func() (context.Context, *coreoperator.Operator) {
		ctx, op := coreoperator.NewOperator()
		op.Clock = instanceClock()
		return ctx, op
	}
	ctx, op := operator.NewOperator(kubernetes())
	op.Clock = clock.RealClock{}
	awsv1.CapacityReservationsEnabled = options.FromContext(ctx).FeatureGates.ReservedCapacity

	var background sync.WaitGroup
	for _, work := range []func(context.Context){op.EC2API.ReadBackup, op.EC2API.StartBackupThread, op.EC2API.StartKillNodeThread} {
		background.Go(func() {
			<-op.Elected()
			work(ctx)
		})
	}
	op.WithControllers(ctx, controllers(ctx, op)...).Start(ctx)
	background.Wait()
}

func controllers(ctx context.Context, op *operator.Operator) []controller.Controller {
	provider := metrics.Decorate(cloudprovider.New(
		op.InstanceTypesProvider, op.InstanceProvider, op.EventRecorder, op.GetClient(), op.AMIProvider,
		op.SecurityGroupProvider, op.CapacityReservationProvider, op.PlacementGroupProvider, op.InstanceTypeStore,
	))
	overlaid := overlay.Decorate(provider, op.GetClient(), op.InstanceTypeStore)
	return append(
		core.NewControllers(
			ctx, op.Manager, op.Clock, op.GetClient(), op.EventRecorder, overlaid, provider,
			state.NewCluster(op.Clock, op.GetClient(), overlaid), op.InstanceTypeStore,
		),
		aws.NewControllers(
			ctx, op.Manager, op.Config, op.Clock, op.EC2API, op.GetClient(), op.EventRecorder,
			op.UnavailableOfferingsCache, op.SSMCache, op.ValidationCache, op.RecreationCache, overlaid,
			op.SubnetProvider, op.SecurityGroupProvider, op.InstanceProfileProvider, op.InstanceProvider,
			op.PricingProvider, op.AMIProvider, op.LaunchTemplateProvider, op.VersionProvider,
			op.InstanceTypesProvider, op.CapacityReservationProvider, op.PlacementGroupProvider, op.AMIResolver,
			op.ZonalShiftProvider, op.InstanceStatusProvider, new(string),
		)...,
	)
}
