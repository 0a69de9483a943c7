{{/* The options whose values nobody may read. Addresses with a password in them are known by their form. */}}
{{- define "postern.secretNames" -}}
client-secret cookie-secret cluster-secret basic-auth-password redis-password redis-sentinel-password signature-key jwt-key github-token
{{- end }}

{{/* Variables besides Postern's own whose values nobody may read. */}}
{{- define "postern.secretVariables" -}}
OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_TRACES_HEADERS
{{- end }}

{{/* Whether an address with a password stands in the text, as in redis://:password@host. A variable, $(NAME), is no password; $$(NAME) is no variable. */}}
{{- define "postern.showsPassword" -}}
{{- $text := regexReplaceAll "(^|[^$])[$][(][A-Za-z0-9_.-]+[)]" . "${1}" -}}
{{- /* one address of a list at a time: redis://a:1,redis://user@b has no password */ -}}
{{- $text = regexReplaceAll "[,;]([A-Za-z][A-Za-z0-9+.-]*://)" $text "\n${1}" -}}
{{- $quoted := "\"[^\"\n]*://[^\"\\s]*:[^\"\\s]+@|'[^'\n]*://[^'\\s]*:[^'\\s]+@" -}}
{{- if or (regexMatch "://[^\\s\"']*:[^\\s\"']+@" $text) (regexMatch $quoted $text) }}yes{{ end -}}
{{- end }}

{{/* Fails on a secret outside of a Secret: in the settings file, on the command line, in a variable. */}}
{{- define "postern.refuseSecrets" -}}
{{- /* all of it with its templates filled in: they may bring a password from elsewhere */ -}}
{{- include "postern.refuseInFile" (include "postern.configFile" .) -}}
{{- include "postern.refuseInArgs" (printf "%s\n%s" (include "postern.args" .) (toJson .Values.image.command)) -}}
{{- range tpl (toYaml .Values.extraEnv) . | fromYamlArray }}{{ include "postern.refuseInVariable" . }}{{ end -}}
{{- end }}

{{- define "postern.refuseInFile" -}}
{{- $file := . -}}
{{- range splitList " " (include "postern.secretNames" .) -}}
{{- if regexMatch (printf "(?mi)^\\s*[\"']?%s[\"']?\\s*[=:]" (replace "-" "[-_]" .)) $file }}{{ fail (printf "config.configFile: holds a secret (%s), and a ConfigMap is no place for one; use config.existingSecret, or extraEnv with valueFrom" (replace "-" "_" .)) }}{{ end -}}
{{- end -}}
{{- if include "postern.showsPassword" $file }}{{ fail "config.configFile: an address holds a password, and a ConfigMap is no place for one; write the address without it and set the password by extraEnv with valueFrom" }}{{ end -}}
{{- end }}

{{/* In any spelling of a flag, right or not: the text is shown even where Postern refuses it. */}}
{{- define "postern.refuseInArgs" -}}
{{- $args := . -}}
{{- range splitList " " (include "postern.secretNames" .) -}}
{{- if regexMatch (printf "(?mi)[\"\\s](--?%[1]s([=:\"\\s]|$)|%[1]s[=:])" (replace "-" "[-_]" .)) $args }}{{ fail (printf "extraArgs.%s: a command line is everybody's to read; use config.existingSecret, or extraEnv with valueFrom" .) }}{{ end -}}
{{- end -}}
{{- if include "postern.showsPassword" $args }}{{ fail "extraArgs: an address holds a password, and a command line is everybody's to read; write the address without it and set the password by extraEnv with valueFrom" }}{{ end -}}
{{- end }}

{{- define "postern.refuseInVariable" -}}
{{- $secret := splitList " " (include "postern.secretVariables" .) -}}
{{- range splitList " " (include "postern.secretNames" .) }}{{ $secret = append $secret (printf "OAUTH2_PROXY_%s" (upper . | replace "-" "_")) }}{{ end -}}
{{- $value := toString (default "" .value) -}}
{{- if eq .name "POSTERN_ARGS" }}{{ include "postern.refuseInArgs" (printf "\n%s" $value) }}{{ end -}}
{{- if and $value (has (upper .name | replace "-" "_") $secret) }}{{ fail (printf "extraEnv.%s: its value stands in the Deployment for everybody to read; use valueFrom.secretKeyRef" .name) }}{{ end -}}
{{- if include "postern.showsPassword" (printf "\"%s\"" $value) }}{{ fail (printf "extraEnv.%s: its value holds a password for everybody to read; use valueFrom.secretKeyRef" .name) }}{{ end -}}
{{- end }}
