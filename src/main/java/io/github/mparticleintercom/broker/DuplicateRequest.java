package io.github.mparticleintercom.broker;

import org.springframework.transaction.TransactionSystemException;

/** The broker refused a whole transaction, because it took one of its requests before. */
public final class DuplicateRequest extends TransactionSystemException {

    private static final long serialVersionUID = 1L;

    DuplicateRequest(Throwable cause) {
        super("The queue has had one of these requests before", cause);
    }
}
