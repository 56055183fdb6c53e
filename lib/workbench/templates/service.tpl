# Version: 2.5.0
{{- /*
The Service in front of one Posit Workbench session, written for Atelier (WB-2) like job.tpl, where the data, the first
line and the ways of writing are explained. lib/workbench/predict-service.ts says the same in TypeScript.

It differs from the chart's own template knowingly: no key twice (job metadata, then template values, last what the
launcher itself reads back), every string quoted, `type` and `protocol` default to ClusterIP and TCP, empty annotations
are left out, and a session without ports has an empty list of them.
*/}}

{{- /* Any plain value as YAML on one line, all strings quoted in ASCII; the same as "job.value" of job.tpl. */}}
{{- define "service.value" }}
  {{- $separator := "" }}
  {{- if kindIs "map" . -}}
    { {{- range $key, $item := . }}
      {{- $separator }}{{ printf "%+q" $key }}: {{ template "service.value" $item }}{{ $separator = ", " }}
    {{- end -}} }
  {{- else if kindIs "slice" . -}}
    [ {{- range . }}
      {{- $separator }}{{ template "service.value" . }}{{ $separator = ", " }}
    {{- end -}} ]
  {{- else if kindIs "string" . -}}
    {{ printf "%+q" . }}
  {{- else -}}
    {{ toJson . }}
  {{- end }}
{{- end }}

{{- $job := .Job | toJson | mustFromJson }}
{{- $metadata := $job.metadata | default dict }}
{{- $serviceMetadata := $metadata.service | default dict }}
{{- $values := include "rstudio-library.templates.data" nil | mustFromJson }}
{{- $serviceValues := $values.service | default dict }}

{{- $labels := dict }}
{{- range $key, $value := $serviceMetadata.labels }}{{ $_ := set $labels $key $value }}{{ end }}
{{- range $key, $value := $serviceValues.labels }}{{ $_ := set $labels $key $value }}{{ end }}
{{- $_ := set $labels "app.kubernetes.io/managed-by" "launcher" }}
{{- $_ := set $labels "job-name" $job.id }}
{{- with $job.instanceId }}{{ $_ := set $labels "launcher-instance-id" . }}{{ end }}
{{- $annotations := dict }}
{{- range $key, $value := $serviceMetadata.annotations }}{{ $_ := set $annotations $key $value }}{{ end }}
{{- range $key, $value := $serviceValues.annotations }}{{ $_ := set $annotations $key $value }}{{ end }}

{{- /* A published port is opened on the node (job.tpl); the others are reached through this Service. */}}
{{- $ports := list }}
{{- range $job.exposedPorts }}
  {{- if not .publishedPort }}
    {{- $port := dict "name" (printf "port%d" (len $ports)) "protocol" (.protocol | default "TCP") }}
    {{- $_ := set $port "port" .targetPort }}
    {{- $_ := set $port "targetPort" .targetPort }}
    {{- $ports = append $ports $port }}
  {{- end }}
{{- end }}
apiVersion: v1
kind: Service
metadata:
  name: {{ template "service.value" $job.serviceName }}
  labels: {{ template "service.value" $labels }}
  {{- with $annotations }}
  annotations: {{ template "service.value" . }}
  {{- end }}
spec:
  type: {{ template "service.value" ($serviceValues.type | default "ClusterIP") }}
  clusterIP: ""
  selector:
    job-name: {{ template "service.value" $job.id }}
  ports: {{ template "service.value" $ports }}
