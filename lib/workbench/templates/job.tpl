# Version: 2.5.0
{{- /*
The Kubernetes Job of one Posit Workbench session. Written for Atelier (WB-2) against the data the launcher hands to a
template (.Job, described in lib/workbench/launcher-job.ts) and the values the chart makes available as
"rstudio-library.templates.data" (lib/workbench/job-template-values.ts). The first line must stay as it is: it tells the
launcher which data format the template was written for, 2.5.0 as of chart rstudio-workbench 0.22.0.
lib/workbench/predict-job.ts says the same in TypeScript; tests hold the two together.

What it does beyond the chart's own template: `rules` and `ruleConstraints` make tolerations, node selector, labels,
annotations, priority class, scheduler, GPU resource name and deadline depend on the job.

On a job to which no rule applies it differs from the chart's own template knowingly:
 - A map never holds a key twice. Labels and annotations: job metadata, template values, rules, and last what the
   launcher itself reads back (user, name, tags, instance), which nothing replaces. Node selector: constraints, template
   values, rules.
 - Every string is quoted and pure ASCII with escapes, so no name or value can change the structure of the document,
   whichever YAML parser reads it; long lines are never folded.
 - Security contexts may be nested (seccompProfile), and integers of any size print as integers (fsGroup 1000650000).
 - pod.securityContext applies to every session, not only where the launcher sends supplementary groups.
 - GPU limits are whole numbers: "1.000000" is 1, a fraction is rounded up, nothing or less than nothing is left out. Of
   several limits of one type the last counts, of equal tolerations the first.
 - A resource limit, or a secret of the job's `config`, that is empty is left out; a secret that is malformed stops the
   session with a message, and its parts are quoted like all else.
 - Volume mounts are kept where the job brings no volume of its own; missing values count as empty; empty maps and lists
   are left out.

Only functions of Go's text/template, of sprig 3.2 and Helm's `include` are used; `include` gets the data, nothing else.
*/}}

{{- /* Any plain value as YAML on one line. Go's %+q escapes (\n \x7f \u2028 \U0001f600) are YAML's escapes too. */}}
{{- define "job.value" }}
  {{- $separator := "" }}
  {{- if kindIs "map" . -}}
    { {{- range $key, $item := . }}
      {{- $separator }}{{ printf "%+q" $key }}: {{ template "job.value" $item }}{{ $separator = ", " }}
    {{- end -}} }
  {{- else if kindIs "slice" . -}}
    [ {{- range . }}
      {{- $separator }}{{ template "job.value" . }}{{ $separator = ", " }}
    {{- end -}} ]
  {{- else if kindIs "string" . -}}
    {{ printf "%+q" . }}
  {{- else -}}
    {{ toJson . }}
  {{- end }}
{{- end }}

{{- /* Through JSON, so that everything below is a plain map, list, string, number or boolean. */}}
{{- $job := .Job | toJson | mustFromJson }}
{{- $metadata := $job.metadata | default dict }}
{{- $jobMetadata := $metadata.job | default dict }}
{{- $podMetadata := $metadata.pod | default dict }}
{{- $container := $job.container | default dict }}
{{- $values := include "rstudio-library.templates.data" nil | mustFromJson }}
{{- $jobValues := $values.job | default dict }}
{{- $podValues := $values.pod | default dict }}
{{- $ephemeralStorage := $podValues.ephemeralStorage | default dict }}

{{- /* Resources. Memory comes in 10^6 bytes; GPUs are limits only, which Kubernetes copies to the requests. */}}
{{- $requests := dict }}
{{- $limits := dict }}
{{- $gpus := 0.0 }}
{{- $amdGpus := 0.0 }}
{{- range $job.resourceLimits }}
  {{- if .value }}
    {{- if eq .type "cpuCount" }}{{ $_ := set $limits "cpu" .value }}
    {{- else if eq .type "CPU Request" }}{{ $_ := set $requests "cpu" .value }}
    {{- else if eq .type "memory" }}{{ $_ := set $limits "memory" (printf "%sM" .value) }}
    {{- else if eq .type "Memory Request" }}{{ $_ := set $requests "memory" (printf "%sM" .value) }}
    {{- else if eq .type "NVIDIA GPUs" }}{{ $gpus = ceil .value }}
    {{- else if eq .type "AMD GPUs" }}{{ $amdGpus = ceil .value }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if gt $amdGpus 0.0 }}{{ $_ := set $limits "amd.com/gpu" $amdGpus }}{{ end }}
{{- with $ephemeralStorage.request }}{{ $_ := set $requests "ephemeral-storage" . }}{{ end }}
{{- with $ephemeralStorage.limit }}{{ $_ := set $limits "ephemeral-storage" . }}{{ end }}

{{- /* Placement constraints: node selector, unless they only choose rules. */}}
{{- $constraints := list }}
{{- $nodeSelector := dict }}
{{- range $job.placementConstraints }}
  {{- $value := .value | default "" }}
  {{- $constraints = append $constraints (dict "name" .name "value" $value) }}
  {{- if not (has .name $values.ruleConstraints) }}{{ $_ := set $nodeSelector .name $value }}{{ end }}
{{- end }}
{{- range $key, $value := $podValues.nodeSelector }}{{ $_ := set $nodeSelector $key $value }}{{ end }}

{{- /* Labels and annotations before the rules. */}}
{{- $jobLabels := dict }}
{{- range $key, $value := $jobMetadata.labels }}{{ $_ := set $jobLabels $key $value }}{{ end }}
{{- range $key, $value := $jobValues.labels }}{{ $_ := set $jobLabels $key $value }}{{ end }}
{{- $jobAnnotations := dict }}
{{- range $key, $value := $jobMetadata.annotations }}{{ $_ := set $jobAnnotations $key $value }}{{ end }}
{{- range $key, $value := $jobValues.annotations }}{{ $_ := set $jobAnnotations $key $value }}{{ end }}
{{- $podLabels := dict }}
{{- range $key, $value := $podMetadata.labels }}{{ $_ := set $podLabels $key $value }}{{ end }}
{{- range $key, $value := $podValues.labels }}{{ $_ := set $podLabels $key $value }}{{ end }}
{{- $podAnnotations := dict }}
{{- range $key, $value := $podMetadata.annotations }}{{ $_ := set $podAnnotations $key $value }}{{ end }}
{{- range $key, $value := $podValues.annotations }}{{ $_ := set $podAnnotations $key $value }}{{ end }}

{{- /* Rules, in order: one applies where the job has its constraint, and GPUs or none as it demands. */}}
{{- $tolerations := $podValues.tolerations | default list }}
{{- $priorityClassName := $podValues.priorityClassName }}
{{- $schedulerName := "" }}
{{- $gpuResource := "nvidia.com/gpu" }}
{{- $activeDeadlineSeconds := 0.0 }}
{{- $unmet := "required" }}
{{- if gt $gpus 0.0 }}{{ $unmet = "forbidden" }}{{ end }}
{{- range $rule := $values.rules }}
  {{- if and (has $rule.constraint $constraints) (ne ($rule.gpu | default "") $unmet) }}
    {{- $tolerations = concat $tolerations ($rule.tolerations | default list) }}
    {{- range $key, $value := $rule.nodeSelector }}{{ $_ := set $nodeSelector $key $value }}{{ end }}
    {{- range $key, $value := $rule.labels }}{{ $_ := set $podLabels $key $value }}{{ end }}
    {{- range $key, $value := $rule.annotations }}{{ $_ := set $podAnnotations $key $value }}{{ end }}
    {{- $priorityClassName = $rule.priorityClassName | default $priorityClassName }}
    {{- $schedulerName = $rule.schedulerName | default $schedulerName }}
    {{- $gpuResource = $rule.gpuResource | default $gpuResource }}
    {{- $activeDeadlineSeconds = $rule.activeDeadlineSeconds | default $activeDeadlineSeconds }}
  {{- end }}
{{- end }}
{{- $tolerations = uniq $tolerations }}
{{- if gt $gpus 0.0 }}{{ $_ := set $limits $gpuResource $gpus }}{{ end }}

{{- /* What the launcher reads back from its jobs and pods comes last. */}}
{{- $_ := set $jobLabels "app.kubernetes.io/managed-by" "launcher" }}
{{- with $job.instanceId }}
  {{- $_ := set $jobLabels "launcher-instance-id" . }}
  {{- $_ := set $podLabels "launcher-instance-id" . }}
{{- end }}
{{- range $index, $tag := $job.tags }}{{ $_ := set $podAnnotations (printf "USER_TAG_%d" $index) $tag }}{{ end }}
{{- if not $podValues.suppressStdinAnnotation }}
  {{- $_ := set $podAnnotations "stdin" ($job.stdin | default "") }}
{{- end }}
{{- $_ := set $podAnnotations "user" ($job.user | default "") }}
{{- $_ := set $podAnnotations "name" ($job.name | default "") }}
{{- $_ := set $podAnnotations "service_ports" ($job.servicePortsJson | default "") }}
{{- with $job.metadata }}{{ $_ := set $podAnnotations "user_metadata" (toJson .) }}{{ end }}

{{- /* Security contexts. */}}
{{- $podSecurity := $podValues.defaultSecurityContext | default dict }}
{{- with $container.runAsUserId }}{{ $_ := set $podSecurity "runAsUser" . }}{{ end }}
{{- with $container.runAsGroupId }}{{ $_ := set $podSecurity "runAsGroup" . }}{{ end }}
{{- with $container.supplementalGroupIds }}{{ $_ := set $podSecurity "supplementalGroups" . }}{{ end }}
{{- range $key, $value := $podValues.securityContext }}{{ $_ := set $podSecurity $key $value }}{{ end }}
{{- $containerSecurity := $podValues.containerSecurityContext | default dict }}
{{- $capabilities := $containerSecurity.capabilities | default dict }}
{{- with $container.capabilitiesAdd }}
  {{- $_ := set $capabilities "add" (concat ($capabilities.add | default list) .) }}
{{- end }}
{{- with $container.capabilitiesDrop }}
  {{- $_ := set $capabilities "drop" (concat ($capabilities.drop | default list) .) }}
{{- end }}
{{- with $capabilities }}{{ $_ := set $containerSecurity "capabilities" . }}{{ end }}

{{- /* Init containers: the launcher's, those of the job's metadata, those of the values. */}}
{{- $initContainers := list }}
{{- range $job.initContainers }}
  {{- $init := dict "name" .name "image" .image }}
  {{- if .command }}
    {{- $_ := set $init "command" (list "/bin/sh") }}
    {{- $_ := set $init "args" (list "-c" (prepend (.args | default list) .command | join " ")) }}
  {{- else }}
    {{- with .exe }}{{ $_ := set $init "command" (list .) }}{{ end }}
    {{- with .args }}{{ $_ := set $init "args" . }}{{ end }}
  {{- end }}
  {{- $env := list }}
  {{- range .environment }}{{ $env = append $env (dict "name" .name "value" (.value | default "")) }}{{ end }}
  {{- with $env }}{{ $_ := set $init "env" . }}{{ end }}
  {{- with .mounts }}{{ $_ := set $init "volumeMounts" . }}{{ end }}
  {{- $initContainers = append $initContainers $init }}
{{- end }}
{{- $initContainers = concat $initContainers ($podMetadata.initContainers | default list) }}
{{- $initContainers = concat $initContainers ($podValues.initContainers | default list) }}

{{- /* Command. A command of the values replaces executable or shell, and leaves the arguments. */}}
{{- $command := list $job.exe }}
{{- $args := $job.args | default list }}
{{- if $job.command }}
  {{- $command = list "/bin/sh" }}
  {{- $args = list "-c" (prepend $args $job.command | join " ") }}
{{- end }}
{{- with $podValues.command }}{{ $command = . }}{{ end }}

{{- /* Environment: the launcher's, a variable for each secret given as SECRET:KEY:VARIABLE, that of the values. */}}
{{- $env := list }}
{{- range $job.environment }}{{ $env = append $env (dict "name" .name "value" (.value | default "")) }}{{ end }}
{{- range $job.config }}
  {{- if and (eq .name "secret") .value }}
    {{- $parts := splitList ":" .value }}
    {{- if lt (len $parts) 2 }}{{ fail (printf "secret %q has not the form SECRET:KEY:VARIABLE" .value) }}{{ end }}
    {{- $reference := dict "name" (first $parts) "key" (index $parts 1) }}
    {{- $env = append $env (dict "name" (last $parts) "valueFrom" (dict "secretKeyRef" $reference)) }}
  {{- end }}
{{- end }}
{{- $env = concat $env ($podValues.env | default list) }}

{{- /* A published port is opened on the node; the others belong to the Service. */}}
{{- $ports := list }}
{{- range $job.exposedPorts }}
  {{- if .publishedPort }}
    {{- $ports = append $ports (dict "containerPort" .targetPort "hostPort" .publishedPort) }}
  {{- end }}
{{- end }}
{{- $resources := dict }}
{{- with $requests }}{{ $_ := set $resources "requests" . }}{{ end }}
{{- with $limits }}{{ $_ := set $resources "limits" . }}{{ end }}
{{- $volumes := concat ($job.volumes | default list) ($podValues.volumes | default list) }}
{{- $volumeMounts := concat ($job.volumeMounts | default list) ($podValues.volumeMounts | default list) }}
apiVersion: batch/v1
kind: Job
metadata:
  generateName: {{ template "job.value" $job.generateName }}
  labels: {{ template "job.value" $jobLabels }}
  {{- with $jobAnnotations }}
  annotations: {{ template "job.value" . }}
  {{- end }}
spec:
  backoffLimit: 0
  {{- with $jobValues.ttlSecondsAfterFinished }}
  ttlSecondsAfterFinished: {{ template "job.value" . }}
  {{- end }}
  {{- with $activeDeadlineSeconds }}
  activeDeadlineSeconds: {{ template "job.value" . }}
  {{- end }}
  template:
    metadata:
      generateName: {{ template "job.value" $job.generateName }}
      {{- with $podLabels }}
      labels: {{ template "job.value" . }}
      {{- end }}
      annotations: {{ template "job.value" $podAnnotations }}
    spec:
      restartPolicy: Never
      enableServiceLinks: {{ template "job.value" ($podValues.enableServiceLinks | default false) }}
      shareProcessNamespace: {{ template "job.value" ($job.shareProcessNamespace | default false) }}
      {{- with $job.host }}
      nodeName: {{ template "job.value" . }}
      {{- end }}
      {{- with $job.serviceAccountName | default $podValues.serviceAccountName }}
      serviceAccountName: {{ template "job.value" . }}
      {{- end }}
      {{- with $podValues.hostAliases }}
      hostAliases: {{ template "job.value" . }}
      {{- end }}
      {{- with $podValues.imagePullSecrets }}
      imagePullSecrets: {{ template "job.value" . }}
      {{- end }}
      {{- with $nodeSelector }}
      nodeSelector: {{ template "job.value" . }}
      {{- end }}
      {{- with $tolerations }}
      tolerations: {{ template "job.value" . }}
      {{- end }}
      {{- with $podValues.affinity }}
      affinity: {{ template "job.value" . }}
      {{- end }}
      {{- with $priorityClassName }}
      priorityClassName: {{ template "job.value" . }}
      {{- end }}
      {{- with $schedulerName }}
      schedulerName: {{ template "job.value" . }}
      {{- end }}
      {{- with $podSecurity }}
      securityContext: {{ template "job.value" . }}
      {{- end }}
      {{- with $volumes }}
      volumes: {{ template "job.value" . }}
      {{- end }}
      {{- with $initContainers }}
      initContainers: {{ template "job.value" . }}
      {{- end }}
      containers:
        - name: rs-launcher-container
          image: {{ template "job.value" $container.image }}
          {{- with $podValues.imagePullPolicy }}
          imagePullPolicy: {{ template "job.value" . }}
          {{- end }}
          command: {{ template "job.value" $command }}
          {{- with $args }}
          args: {{ template "job.value" . }}
          {{- end }}
          stdin: {{ if $job.stdin }}true{{ else }}false{{ end }}
          stdinOnce: true
          {{- with $job.workingDirectory }}
          workingDir: {{ template "job.value" . }}
          {{- end }}
          {{- with $env }}
          env: {{ template "job.value" . }}
          {{- end }}
          {{- with $ports }}
          ports: {{ template "job.value" . }}
          {{- end }}
          {{- with $resources }}
          resources: {{ template "job.value" . }}
          {{- end }}
          {{- with $containerSecurity }}
          securityContext: {{ template "job.value" . }}
          {{- end }}
          {{- with $volumeMounts }}
          volumeMounts: {{ template "job.value" . }}
          {{- end }}
        {{- range $podValues.extraContainers }}
        - {{ template "job.value" . }}
        {{- end }}
