{{/*
The pod of every controller. Its labels leave out the versions of chart and program, so that an upgrade of the chart
that changes nothing else replaces no pod.
*/}}
{{- define "fairlead.pod" -}}
metadata:
  labels:
    {{- mustMergeOverwrite (deepCopy .Values.podLabels) (deepCopy .Values.commonLabels) (include "fairlead.selectorLabels" . | fromYaml) | toYaml | nindent 4 }}
  {{- $isRestarted := and (eq .Values.config.reload "restart") (not .Values.proxy.existingConfigMap) }}
  {{- if or $isRestarted .Values.podAnnotations }}
  annotations:
    {{- if $isRestarted }}
    checksum/config: {{ include "fairlead.config" . | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- include "fairlead.pullSecrets" . | nindent 4 }}
  {{- end }}
  serviceAccountName: {{ include "fairlead.serviceAccountName" . }}
  automountServiceAccountToken: {{ include "fairlead.asksApi" . | default "false" }}
  enableServiceLinks: false
  {{- if include "fairlead.isHostNetwork" . }}
  # No port is declared, so that the next pod is placed beside the present one; they share the ports.
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  terminationGracePeriodSeconds: {{ include "fairlead.gracePeriod" . }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.podSecurityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with include "fairlead.affinity" . }}
  affinity:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- range . }}
    - {{ merge (dict "labelSelector" (.labelSelector | default (dict "matchLabels" (include "fairlead.selectorLabels" $ | fromYaml)))) . | toYaml | nindent 6 | trim }}
    {{- end }}
  {{- end }}
  containers:
    - {{ include "fairlead.container" (dict "context" . "java" .Values.java "resources" .Values.resources "path" "java") | nindent 6 | trim }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "fairlead.volumes" . | nindent 4 }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* No two proxies on one node, unless affinity says something about it itself. */}}
{{- define "fairlead.affinity" -}}
{{- $affinity := deepCopy .Values.affinity -}}
{{- $kind := get (dict "statefulset" .Values.statefulset.antiAffinity "deployment" .Values.deployment.antiAffinity) .Values.controller -}}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "fairlead.selectorLabels" . | fromYaml)) -}}
{{- if hasKey $affinity "podAntiAffinity" -}}
{{- else if eq $kind "hard" -}}
{{- $_ := set $affinity "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term)) -}}
{{- else if eq $kind "soft" -}}
{{- $_ := set $affinity "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) -}}
{{- end -}}
{{- if $affinity -}}
{{- toYaml $affinity -}}
{{- end -}}
{{- end }}
