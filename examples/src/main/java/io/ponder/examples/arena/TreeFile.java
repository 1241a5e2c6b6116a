package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.TreeSnapshot;
import io.ponder.engine.storage.AtomicWrite;
import io.ponder.engine.storage.TreeSnapshotJson;
import io.ponder.examples.games.BoardText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what a search thought of a position: a picture (.svg), Graphviz (.dot), or every number (.json). */
final class TreeFile {
    private TreeFile() {}

    /**
     * Writes a tree in the format that the file's name asks for.
     *
     * @param position of the root. Not modified.
     * @throws IllegalArgumentException if the name ends in something else
     */
    static void write(Path file, TreeSnapshot tree, Game game, int[] position, BoardText text) throws IOException {
        AtomicWrite.writeString(file, content(file.toString(), tree, game, position, text));
    }

    private static String content(String name, TreeSnapshot tree, Game game, int[] position, BoardText text) {
        if (name.endsWith(".svg")) return tree.toSvg(new Moves(tree, game, position, text)::label);
        if (name.endsWith(".dot")) return tree.toGraphviz(new Moves(tree, game, position, text)::label);
        if (name.endsWith(".json")) return TreeSnapshotJson.write(tree);
        throw new IllegalArgumentException("'" + name + "' ends in none of .svg, .dot and .json.\nMaybe write 'tree my-tree.svg'.");
    }

    /** Names moves and outcomes in the notation of the game, each in the position it is made in. */
    private static final class Moves {
        private final Map<Integer, TreeSnapshot.Node> nodes = new HashMap<>();
        private final Game game;
        private final int[] root;
        private final BoardText text;

        Moves(TreeSnapshot tree, Game game, int[] root, BoardText text) {
            for (TreeSnapshot.Node node : tree.nodes()) nodes.put(node.index(), node);
            this.game = game;
            this.root = root;
            this.text = text;
        }

        String label(TreeSnapshot.Node node, TreeSnapshot.Edge edge) {
            List<Integer> path = new ArrayList<>();
            for (TreeSnapshot.Node at = node; at != null && at.edge() >= 0; at = nodes.get(at.parent())) path.add(0, at.edge());
            int[] position = root.clone();
            for (int move : path) game.play(position, move);
            return text.move(position, edge.index());
        }
    }
}
