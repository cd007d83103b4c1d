package com.example.house;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

class MainHostTest extends HostChecks {

    private Main main;

    @Override
    protected CamelContext start() {
        main = MainHost.create();
        main.start();
        return main.getCamelContext();
    }

    @Override
    protected void stop() {
        main.stop();
    }
}
