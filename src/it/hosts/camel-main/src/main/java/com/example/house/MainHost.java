package com.example.house;

import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;

/** A host of camel-main. */
public final class MainHost {

    private MainHost() {
    }

    /** Runs until the process is ended. */
    public static void main(String... arguments) throws Exception {
        create().run(arguments);
    }

    static Main create() {
        Main main = new Main(MainHost.class);
        HouseBroker broker = new HouseBroker();
        main.bind("houseBroker", broker);
        main.bind("housePolicy", new HousePolicy());
        main.bind("ledger", new Ledger());
        main.bind("jms", JmsComponent.jmsComponent(broker));
        return main;
    }
}
