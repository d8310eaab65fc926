{{/* Where the memcached servers are: a headless Service, in YAML. */}}
{{- define "fairlead.memcached" -}}
{{- if .Values.memcached.enabled -}}
{{- $name := include "fairlead-memcached.fullname" .Subcharts.memcached -}}
service: {{ $name }}
statefulSet: {{ $name }}
namespace: {{ .Release.Namespace }}
replicas: {{ .Values.memcached.replicaCount | int64 }}
port: 11211
portName: memcache
{{- else -}}
{{- $given := .Values.memcachedService -}}
service: {{ $given.serviceName }}
statefulSet: {{ $given.statefulSetName | default $given.serviceName }}
namespace: {{ $given.namespace | default .Release.Namespace }}
replicas: {{ $given.replicaCount | default 0 | int64 }}
port: {{ $given.port | int64 }}
portName: {{ $given.portName }}
{{- end -}}
{{- end }}

{{/* The servers of the pool, as a list in YAML. */}}
{{- define "fairlead.servers" -}}
{{- $discovery := include "fairlead.discovery" . -}}
{{- $at := include "fairlead.memcached" . | fromYaml -}}
{{- $domain := printf "%s.%s.svc.%s" $at.service $at.namespace .Values.clusterDomain -}}
{{- $replicas := int $at.replicas -}}
{{- if eq $discovery "srv" -}}
- dns+srv://_{{ $at.portName }}._tcp.{{ $domain }}
{{- else if eq $discovery "endpointslice" -}}
- k8s://{{ $at.namespace }}/{{ $at.service }}:{{ $at.portName }}
{{- else if eq $replicas 0 -}}
[]
{{- else if eq .Values.proxy.nodeIdentity "fqdn" -}}
- {{ printf "%s-{0..%d}.%s:%d" $at.statefulSet (sub $replicas 1) $domain (int $at.port) | quote }}
{{- else -}}
{{- range $i := until $replicas }}
{{- $pod := printf "%s-%d" $at.statefulSet $i }}
- name: {{ $pod }}
  address: {{ printf "%s.%s:%d" $pod $domain (int $at.port) }}
{{- end }}
{{- end }}
{{- end }}
