package io.github.mparticleintercom.benchmark;

/** What a thread of the bundle's process is for, by its name. */
enum ThreadKind {

    /** Takes batches and translates them: the event loops and workers of HTTP, and what reads files. */
    INTAKE("intake"),
    /** Takes requests off the queue and sends them to Intercom. */
    DELIVERY("delivery"),
    /** The embedded broker and its client. */
    BROKER("broker"),
    COMPILER("compiler"),
    COLLECTOR("collector"),
    REST("rest");

    private final String title;

    ThreadKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The kind of a thread that runs Java. */
    static ThreadKind ofJava(String name) {
        if (name.contains("JmsConsumer")) {
            return DELIVERY;
        }
        if (name.contains("activemq") || name.contains("ActiveMQ")) {
            return BROKER;
        }
        return name.startsWith("vert.x") || name.contains("platform-http") || name.contains("file://") ? INTAKE : REST;
    }

    /** The kind of a thread of the virtual machine itself, by the 15 characters that Linux keeps of its name. */
    static ThreadKind ofMachine(String name) {
        if (name.matches("C[12] Compiler.*")) {
            return COMPILER;
        }
        return name.startsWith("GC Thread") || name.startsWith("G1 ") || name.equals("VM Thread") ? COLLECTOR : REST;
    }
}
