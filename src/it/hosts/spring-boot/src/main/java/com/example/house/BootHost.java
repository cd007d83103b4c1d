package com.example.house;

import org.apache.camel.component.jms.JmsComponent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A host of Spring Boot. */
@SpringBootApplication
public class BootHost {

    /** Runs until the process is ended. */
    public static void main(String... arguments) {
        SpringApplication.run(BootHost.class, arguments);
    }

    @Bean
    HouseBroker houseBroker() {
        return new HouseBroker();
    }

    @Bean
    HousePolicy housePolicy() {
        return new HousePolicy();
    }

    @Bean
    Ledger ledger() {
        return new Ledger();
    }

    @Bean
    JmsComponent jms(HouseBroker broker) {
        return JmsComponent.jmsComponent(broker);
    }
}
