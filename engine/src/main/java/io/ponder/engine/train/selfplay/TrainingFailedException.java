package io.ponder.engine.train.selfplay;

/** Says that training cannot go on, such as after a loss that is not finite. The message is for a person. */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public TrainingFailedException(String message) {
        super(message);
    }
}
