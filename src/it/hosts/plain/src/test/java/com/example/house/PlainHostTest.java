package com.example.house;

import org.apache.camel.CamelContext;

class PlainHostTest extends HostChecks {

    private CamelContext camel;

    @Override
    protected CamelContext start() throws Exception {
        camel = PlainHost.start();
        return camel;
    }

    @Override
    protected void stop() {
        camel.stop();
    }
}
