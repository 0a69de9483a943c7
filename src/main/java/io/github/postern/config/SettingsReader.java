package io.github.postern.config;

import java.util.List;
import java.util.Map;

/** Reads what the operator asked for from flags, environment and file, in this order of strength, and checks all of it. */
public final class SettingsReader {
    private final Values values;
    private final Findings findings;

    private SettingsReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

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
        return new SettingsReader(values, findings).read();
    }

    private Settings read() {
        var endpoints = new EndpointReader(values, findings).read();
        var provider = new ProviderReader(values, findings).read(endpoints.prefix());
        var cookies = new CookieReader(values, findings).read();
        var admission = new AdmissionReader(values, findings).read();
        var users = new LocalUserReader(values, findings).read(admission);
        var forwarded = new ForwardedReader(values, findings).read(provider.redirectUrl(), cookies.domains());
        var headers = new HeaderReader(values, findings).read(provider.redirectUrl(), endpoints.prefix());
        var store = new StoreReader(values, findings).read();
        Contradictions.check(provider, cookies, findings);
        var settings = new Settings(
                provider,
                cookies,
                admission,
                users,
                forwarded,
                endpoints,
                headers,
                new ServerReader(values, findings).read(),
                ApiReader.read(values, findings),
                new LoggingReader(values, findings).read(),
                new PageReader(values, findings).read(),
                new BearerReader(values, findings).read(),
                store,
                new ClusterReader(values, findings).read(store, cookies),
                AccessRulesReader.read(values, headers, findings),
                values.list(Option.ADMIN_GROUP),
                SecretFiles.read(values, findings),
                findings.notices());
        findings.throwIfMistaken();
        return settings;
    }
}
