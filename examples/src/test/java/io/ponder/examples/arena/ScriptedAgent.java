package io.ponder.examples.arena;

/** Plays given moves one after the other. */
final class ScriptedAgent implements Agent {
    private final int[] script;
    private int next;
    int told;

    ScriptedAgent(int... script) {
        this.script = script;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public void start() {
        told = 0;
    }

    @Override
    public int choose(int[] position, int player, long key) {
        return script[next++];
    }

    @Override
    public void played(int move) {
        told++;
    }
}
