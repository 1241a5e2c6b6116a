package io.ponder.planners;

/** Random shooting with discrete actions. */
class DiscreteRandomShootingTest extends RandomShootingTest {
    @Override
    int actionCount() {
        return 9;
    }
}
