package io.github.mparticleintercom.broker;

/** Knows what is of Artemis by the names of its classes, which a host with a broker of another make does not have. */
final class ArtemisNames {

    private static final String PACKAGE = "org.apache.activemq.artemis.";

    private ArtemisNames() {
    }

    /** Whether this is an object of Artemis' client, or of a class made from one. */
    static boolean owns(Object object) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith(PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the broker refused a message because it had taken it before. */
    static boolean isDuplicate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().equals(PACKAGE + "api.core.ActiveMQDuplicateIdException")) {
                return true;
            }
        }
        return false;
    }
}
