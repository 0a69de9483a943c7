package io.github.postern.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/** What spans tell, by the names of OpenTelemetry's semantic conventions where these have one. */
final class Names {
    static final AttributeKey<String> METHOD = stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = stringKey("http.route");
    static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
    static final AttributeKey<String> PATH = stringKey("url.path");
    static final AttributeKey<String> SCHEME = stringKey("url.scheme");
    static final AttributeKey<String> URL = stringKey("url.full");
    static final AttributeKey<String> SERVER = stringKey("server.address");
    static final AttributeKey<Long> PORT = longKey("server.port");
    static final AttributeKey<String> USER_AGENT = stringKey("user_agent.original");
    static final AttributeKey<String> ERROR = stringKey("error.type");
    static final AttributeKey<String> DATABASE = stringKey("db.system.name");
    static final AttributeKey<String> COMMAND = stringKey("db.operation.name");
    static final AttributeKey<String> OUTCOME = stringKey("postern.outcome");
    static final AttributeKey<String> RULE = stringKey("postern.rule");
    static final AttributeKey<String> REASON = stringKey("postern.reason");
    static final AttributeKey<String> REFERENCE = stringKey("postern.reference");
    static final AttributeKey<String> ENDPOINT = stringKey("postern.provider.endpoint");

    private Names() {}
}
