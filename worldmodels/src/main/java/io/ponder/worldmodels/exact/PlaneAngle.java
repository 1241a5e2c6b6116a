package io.ponder.worldmodels.exact;

/** Computes angles of points in the plane with additions, multiplications, minima and one division. */
final class PlaneAngle {
    private static final float HALF_PI = (float) (Math.PI / 2);
    private static final float PI = (float) Math.PI;

    /** Turns a difference into 0 or 1; one so small that it stays between makes no difference to the angle. */
    private static final float STEEP = 1e30f;

    // atan z = z + z^3 (A0 + A1 z^2 + ... + A7 z^14) on [0, 1], interpolated at Chebyshev nodes; error 1e-7.
    private static final float A0 = -0.33333322405815125f;
    private static final float A1 = 0.19998681545257568f;
    private static final float A2 = -0.14257045090198517f;
    private static final float A3 = 0.1086575910449028f;
    private static final float A4 = -0.08009681850671768f;
    private static final float A5 = 0.04891432076692581f;
    private static final float A6 = -0.02002674713730812f;
    private static final float A7 = 0.003866738872602582f;

    private PlaneAngle() {}

    /** Returns the size of the angle of the point {@code (x, y)} from the x axis, in [0, pi], to 5e-7; 0 at the origin. */
    static float size(float x, float y) {
        float across = Math.abs(x);
        float up = Math.abs(y);
        float ratio = Math.min(across, up) / Math.max(Float.MIN_NORMAL, Math.max(across, up));
        float square = ratio * ratio;
        float angle = ratio + ratio * square
                * (A0 + square * (A1 + square * (A2 + square * (A3 + square * (A4 + square * (A5 + square * (A6 + square * A7)))))));
        float steep = Math.min(1, Math.max(0, (up - across) * STEEP));
        angle += steep * (HALF_PI - 2 * angle);
        float left = Math.min(1, Math.max(0, -x * STEEP));
        return angle + left * (PI - 2 * angle);
    }
}
