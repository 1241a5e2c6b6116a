package io.ponder.engine.game;

/**
 * Is a game in which a player does not see everything: positions that he cannot tell apart belong to one information set.
 *
 * <p>Players forget nothing (perfect recall): two positions of one information set were reached by the same own actions, and
 * the same actions are legal in both. {@link io.ponder.engine.game.imperfect.ExtensiveForm} checks both.
 *
 * <p>{@link #observe} shows the whole position, entry by entry, as an oracle would see it; what a player sees is {@link
 * #informationSet}.
 */
public interface ImperfectInformationGame extends Game {
    /**
     * Returns the number of what a player knows, his own past included: equal for two positions in which he decides if, and
     * only if, he cannot tell them apart. Numbers of different players have nothing to do with each other. Meaningful where he
     * decides.
     */
    long informationSet(int[] position, int player);

    @Override
    default int observationSize() {
        return positionSize();
    }

    @Override
    default void observe(int[] position, float[] out, int offset, int stride) {
        for (int i = 0; i < positionSize(); i++) out[offset + i * stride] = position[i];
    }

    @Override
    default void recognise(float[] observation, int offset, int stride, int[] position) {
        for (int i = 0; i < positionSize(); i++) position[i] = Math.round(observation[offset + i * stride]);
    }
}
