package io.ponder.examples.environments;

/** Remembers sine and cosine of an angle: what is observed after a step is needed again by the reward and by the next step. */
final class RememberedAngle {
    private double angle = Double.NaN;
    private double sine;
    private double cosine;

    /** Makes this the angle {@code newAngle}, in radians. */
    RememberedAngle turnTo(double newAngle) {
        if (newAngle != angle) {
            angle = newAngle;
            sine = Math.sin(newAngle);
            cosine = Math.cos(newAngle);
        }
        return this;
    }

    double sine() {
        return sine;
    }

    double cosine() {
        return cosine;
    }
}
