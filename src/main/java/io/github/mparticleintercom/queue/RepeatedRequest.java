package io.github.mparticleintercom.queue;

import org.springframework.transaction.TransactionSystemException;

/** The broker refused a whole transaction, because it took one of its requests before. */
public final class RepeatedRequest extends TransactionSystemException {

    private static final long serialVersionUID = 1L;

    RepeatedRequest(Throwable cause) {
        super("The queue has had one of these requests before", cause);
    }
}
