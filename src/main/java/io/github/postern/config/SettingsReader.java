package io.github.postern.config;

import java.util.List;
import java.util.Map;

/** Reads what the operator asked for from flags, environment and file, in this order of strength, and checks all of it. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * Reads and checks the settings; opens the files they name, never the network.
     *
     * @param flags the command line: {@code --name=value}, {@code --name value} or {@code --switch}
     * @param environment variables; those that begin with {@code OAUTH2_PROXY_} count
     * @throws InvalidSettings with every mistake, if there is any
     */
    public static Settings read(List<String> flags, Map<String, String> environment) {
        var findings = new Findings();
        var values = Values.collect(flags, environment, findings);
        Standings.check(values, findings);
        Companions.check(values, findings);
        var endpoints = new EndpointReader(values, findings).read();
        var provider = new ProviderReader(values, findings).read(endpoints.prefix());
        var cookies = new CookieReader(values, findings).read();
        var admission = new AdmissionReader(values, findings).read();
        var users = new LocalUserReader(values, findings).read(admission);
        var forwarded = new ForwardedReader(values, findings).read(provider.redirectUrl(), cookies.domains());
        var headers = new HeaderReader(values, findings).read(provider.redirectUrl(), endpoints.prefix());
        var server = new ServerReader(values, findings).read();
        var api = ApiReader.read(values, findings);
        var logging = new LoggingReader(values, findings).read();
        var pages = new PageReader(values, findings).read();
        var bearer = new BearerReader(values, findings).read();
        var store = new StoreReader(values, findings).read();
        var cluster = new ClusterReader(values, findings).read(store, cookies);
        var accessRules = AccessRulesReader.read(values, headers, findings);
        var secretFiles = SecretFiles.read(values, findings);
        Contradictions.check(provider, cookies, findings);
        findings.throwIfMistaken();
        return new Settings(
                provider,
                cookies,
                admission,
                users,
                forwarded,
                endpoints,
                headers,
                server,
                api,
                logging,
                pages,
                bearer,
                store,
                cluster,
                accessRules,
                secretFiles,
                findings.notices());
    }
}
