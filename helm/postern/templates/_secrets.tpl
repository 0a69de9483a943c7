{{/* The options whose values nobody may read. Addresses with a password in them are known by their form. */}}
{{- define "postern.secretNames" -}}
client-secret cookie-secret cluster-secret basic-auth-password redis-password redis-sentinel-password signature-key jwt-key github-token
{{- end }}

{{/* Whether an address with a password stands in the text, as in redis://:password@host. A variable, $(NAME), is no password. */}}
{{- define "postern.showsPassword" -}}
{{- if regexMatch "://[^/\\s\"'@]*:([^/\\s\"'@$]|[$][^(])+@" . }}yes{{ end -}}
{{- end }}

{{/* Fails on a secret outside of a Secret: in the settings file, on the command line, in a variable. */}}
{{- define "postern.refuseSecrets" -}}
{{- /* all of it with its templates filled in: they may bring a password from elsewhere */ -}}
{{- $file := include "postern.configFile" . -}}
{{- $variables := tpl (toYaml .Values.extraEnv) . | fromYamlArray -}}
{{- $args := include "postern.args" . -}}
{{- range $name := splitList " " (include "postern.secretNames" .) -}}
{{- $key := replace "-" "_" $name -}}
{{- if regexMatch (printf "(?mi)^\\s*[\"']?%s[\"']?\\s*=" $key) $file }}{{ fail (printf "config.configFile: holds a secret (%s), and a ConfigMap is no place for one; use config.existingSecret, or extraEnv with valueFrom" $key) }}{{ end -}}
{{- if regexMatch (printf "\"--?%s[\"=]" $name) $args }}{{ fail (printf "extraArgs.%s: a command line is everybody's to read; use config.existingSecret, or extraEnv with valueFrom" $name) }}{{ end -}}
{{- range $variables }}{{ if and .value (eq .name (printf "OAUTH2_PROXY_%s" (upper $key))) }}{{ fail (printf "extraEnv.%s: its value stands in the Deployment for everybody to read; use valueFrom.secretKeyRef" .name) }}{{ end }}{{ end -}}
{{- end -}}
{{- if include "postern.showsPassword" $file }}{{ fail "config.configFile: an address holds a password, and a ConfigMap is no place for one; write the address without it and set the password by extraEnv with valueFrom" }}{{ end -}}
{{- if include "postern.showsPassword" $args }}{{ fail "extraArgs: an address holds a password, and a command line is everybody's to read; write the address without it and set the password by extraEnv with valueFrom" }}{{ end -}}
{{- range $variables }}{{ if include "postern.showsPassword" (toString (default "" .value)) }}{{ fail (printf "extraEnv.%s: its value holds a password for everybody to read; use valueFrom.secretKeyRef" .name) }}{{ end }}{{ end -}}
{{- end }}
