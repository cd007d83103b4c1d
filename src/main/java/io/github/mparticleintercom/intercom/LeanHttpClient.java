package io.github.mparticleintercom.intercom;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Takes out of the HTTP client what calls to Intercom do not need, and what would look at each of them all the same. */
public final class LeanHttpClient implements HttpClientConfigurer {

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableCookieManagement().disableAuthCaching().disableRedirectHandling().disableContentCompression();
    }
}
