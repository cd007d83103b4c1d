package io.github.mparticleintercom.metrics;

import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/** Where numbers go. It names no type of Micrometer, so that the bundle runs where there is none. */
interface Meters {

    /** Where nobody wants to know. */
    Meters NONE = new Meters() {
        @Override
        public void count(Meter meter, long amount, String... labels) {
        }

        @Override
        public void time(Meter meter, long nanos, String... labels) {
        }

        @Override
        public void gauge(Meter meter, ToDoubleFunction<CamelContext> value, String... labels) {
        }

        @Override
        public void close() {
        }
    };

    /** Micrometer's meters where it is on the class path. */
    static Meters of(CamelContext context) {
        return context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null
                ? NONE : new MicrometerMeters(context);
    }

    /** Adds to a counter. Labels are pairs of name and value. */
    void count(Meter meter, long amount, String... labels);

    /** Adds a duration to a histogram. */
    void time(Meter meter, long nanos, String... labels);

    /** Tells from now on what this function tells. */
    void gauge(Meter meter, ToDoubleFunction<CamelContext> value, String... labels);

    /** Tells nothing more of what only this context knows. */
    void close();
}
