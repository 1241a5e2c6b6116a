package io.ponder.planners.tree;

/** Says what is wrong with a request that only the model's answer showed, such as a mask that leaves nothing legal. */
final class WrongRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongRequestException(String message) {
        super(message);
    }
}
