package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LoginFailureTest {
    @ParameterizedTest
    @CsvSource({
        "access_denied, DECLINED",
        "login_required, DECLINED",
        "<script>, PROVIDER_REFUSED",
        "'', PROVIDER_REFUSED",
        "temporarily_unavailable, PROVIDER_UNREACHABLE",
        "server_error, PROVIDER_BROKEN",
        "invalid_request, CLIENT_REFUSED",
        "unauthorized_client, CLIENT_REFUSED",
        "invalid_scope, CLIENT_REFUSED",
        "redirect_uri_mismatch, REDIRECT_URL",
        "invalid_grant, CODE_REFUSED"
    })
    void readsTheProvidersError(String error, LoginFailure failure) {
        assertThat(LoginFailure.ofProviderError(error, "words nobody checks")).isEqualTo(failure);
    }

    @Test
    void knowsALoginPageThatKeycloakGaveUp() {
        assertThat(LoginFailure.ofProviderError("temporarily_unavailable", "authentication_expired"))
                .isEqualTo(LoginFailure.ATTEMPT_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(LoginFailure.class)
    void speaksInShortSentences(LoginFailure failure) {
        assertThat(failure.title()).isNotBlank().doesNotEndWith(".").hasSizeLessThan(50);
        assertThat(failure.explanation()).endsWith(".").hasSizeLessThan(110);
        assertThat(failure.advice()).endsWith(".").hasSizeLessThan(110);
        assertThat(failure.status()).isBetween(400, 504);
    }

    @ParameterizedTest
    @CsvSource({
        "COOKIE_DOMAIN, cookie-domain",
        "REDIRECT_URL, redirect-url",
        "EMAIL_MISSING, oidc-email-claim",
        "EMAIL_UNVERIFIED, insecure-oidc-allow-unverified-email",
        "GROUPS_MISSING, oidc-groups-claim",
        "AUDIENCE, oidc-extra-audience",
        "SESSION_TOO_LARGE, session-store-type"
    })
    void theCommonMistakesNameTheSettingThatCuresThem(LoginFailure failure, String setting) {
        assertThat(failure.cure()).contains(setting);
    }
}
