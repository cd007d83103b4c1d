package com.example.house;

import org.apache.camel.CamelContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class BootHostTest extends HostChecks {

    private ConfigurableApplicationContext application;

    @Override
    protected CamelContext start() {
        application = SpringApplication.run(BootHost.class);
        return application.getBean(CamelContext.class);
    }

    @Override
    protected void stop() {
        application.close();
    }
}
