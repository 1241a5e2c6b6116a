"""uct-tictactoe, uct-connect4, uct-breakthrough6 and uct-othello by OpenSpiel's C++ MCTSBot.

usage: uct_openspiel.py [uct-tictactoe] [uct-connect4] [uct-breakthrough6] [uct-othello]
"""

import importlib.metadata
import sys

import measure
import pyspiel

CASES = {
    "uct-tictactoe": ("tic_tac_toe", 10_000),
    "uct-connect4": ("connect_four", 10_000),
    "uct-breakthrough6": ("breakthrough(rows=6,columns=6)", 10_000),
    "uct-othello": ("othello", 2_000),
}


def main(arguments):
    system = "OpenSpiel " + importlib.metadata.version("open_spiel")
    for case, (name, simulations) in CASES.items():
        if arguments and case not in arguments:
            continue
        game = pyspiel.load_game(name)
        state = game.new_initial_state()
        evaluator = pyspiel.RandomRolloutEvaluator(1, 1)
        bot = pyspiel.MCTSBot(game, evaluator, 1.4, simulations, 1000, False, 2, False)
        nanos = measure.nanos_per_call(lambda: bot.mcts_search(state))
        measure.report(system, case, {"simulations": simulations}, "simulationsPerSecond", "1/s",
                       [simulations * 1e9 / n for n in nanos])


main(sys.argv[1:])
