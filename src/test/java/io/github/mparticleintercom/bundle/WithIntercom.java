package io.github.mparticleintercom.bundle;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that each have an Intercom of their own. */
abstract class WithIntercom {

    /** A test may put another in its place. */
    protected IntercomSandbox intercom;

    @BeforeEach
    void startIntercom() {
        intercom = IntercomSandbox.start();
    }

    @AfterEach
    void stopIntercom() {
        intercom.close();
    }
}
