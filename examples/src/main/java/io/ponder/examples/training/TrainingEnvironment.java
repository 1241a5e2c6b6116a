package io.ponder.examples.training;

import io.ponder.engine.env.Environment;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameEnvironment;
import io.ponder.examples.environments.Environments;
import io.ponder.examples.games.Games;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names a task that can be trained on: a control task, a table, or a game.
 *
 * @param name its name, in the spelling of its table
 */
public record TrainingEnvironment(String name) {
    /** Returns the environment of a name, whatever its case. */
    public static TrainingEnvironment of(String name) {
        for (String known : names()) {
            if (known.equalsIgnoreCase(name)) return new TrainingEnvironment(known);
        }
        throw new IllegalArgumentException("environment is '" + name + "', but it must be one of " + String.join(", ", names()) + ".");
    }

    /** Returns all names. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(Environments.names());
        names.addAll(Games.names());
        return names;
    }

    /** Returns a new environment. */
    public Environment make() {
        Game game = game();
        return game == null ? Environments.make(name) : new GameEnvironment(game);
    }

    /** Returns the rules, or null where it is no game. */
    public @Nullable Game game() {
        return Games.names().contains(name.toLowerCase(Locale.ROOT)) ? Games.make(name) : null;
    }
}
