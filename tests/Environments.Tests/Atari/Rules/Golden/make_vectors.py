#!/usr/bin/env python3
"""Writes c_vectors.json: every game's formulas, compiled by a C compiler and run over pseudo-random memory.

The formulas are C expressions but for their names, so that C itself says what precedence, division and shifts mean.
Needs gcc or clang:  python3 make_vectors.py ../../../../../libs/Environments/Atari/Rules/games.json > c_vectors.json
"""
import json
import re
import subprocess
import sys
import tempfile

BLOCKS, FRAMES_PER_BLOCK, WRITES_PER_FRAME = 10, 100, 6

PRELUDE = """
#include <stdint.h>
#include <stdio.h>
static uint8_t memory[0x2000];
static uint32_t state;
static uint64_t hash;
static uint32_t next(void) { state = state * 1664525u + 1013904223u; return state >> 16; }
static void add(int value)
{
    for (int i = 0; i < 4; i++) hash = (hash ^ (((uint32_t)value >> (8 * i)) & 0xFF)) * 0x100000001b3ull;
}
static int bcd(int v) { return 10 * (v >> 4) + (v & 15); }
static int blank10(int v) { return v == 10 ? 0 : v; }
static int s8(int v) { return (int8_t)v; }
static int min(int a, int b) { return a < b ? a : b; }
static int max(int a, int b) { return a > b ? a : b; }
"""


def to_c(formula):
    """Brackets of ram, mem and prev become array elements, scans become loops."""
    formula = re.sub(r"\bprev\.(\w+)", r"prev_\1", formula)
    formula = re.sub(r"\bram\[(\w+)\]", r"memory[\1]", formula)
    formula = re.sub(r"\bmem\[(\w+)\]", r"memory[(\1) & 0x1FFF]", formula)
    while scan := re.search(r"\b(count|sum)\((\w+), (\w+), ", formula):
        depth, end = 1, scan.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(formula[end], 0)
            end += 1
        body = formula[scan.end():end - 1]
        if scan[1] == "count":
            body = f"({body}) != 0"
        loop = f"({{ int t = 0; for (int i = {scan[2]}; i <= {scan[3]}; i++) {{ int x = memory[i]; t += ({body}); }} t; }})"
        formula = formula[:scan.start()] + loop + formula[end:]
    return formula


def telling(game, order):
    """Where a rule looks, and the bytes that it compares with."""
    text = " ".join(definition(game, name)["formula"] for name in order)
    reads = {int(a, 0) & 0x1FFF for a in re.findall(r"(?:ram|mem)\[(\w+)\]", text)}
    for first, last in re.findall(r"(?:count|sum)\((\w+), (\w+),", text):
        reads.update(range(int(first, 0), int(last, 0) + 1))
    numbers = {int(n, 0) for n in re.findall(r"\b(0x[0-9A-Fa-f]+|\d+)\b", re.sub(r"\[\w+\]", "", text))}
    return sorted(reads), sorted({n for n in numbers if n < 256} | {0, 1, 0xFF})


def definition(game, name):
    return game["vars"].get(name) or game[name]


def function(index, game):
    order = game["order"]
    addresses, values = telling(game, order)
    lines = [f"static void game{index}(void) {{"]
    for name in order:
        initial = 0 if name in ("reward", "terminal") else definition(game, name)["initial"] or 0
        lines.append(f"int {name} = {initial}, prev_{name};")
    lines += [
        f"static const int addresses[] = {{ {', '.join(map(str, addresses))} }}, bytes[] = {{ {', '.join(map(str, values))} }};",
        f"state = {index}; hash = 0xcbf29ce484222325ull;",
        "for (int i = 0; i < 0x2000; i++) memory[i] = 0;",
        f'printf("%s{{\\"id\\": \\"{game["id"]}\\", \\"seed\\": {index}, \\"addresses\\": {addresses}, \\"bytes\\": {values}, \\"hashes\\": [",'
        f' {index} ? ",\\n    " : "    ");',
        f"for (int frame = 1; frame <= {BLOCKS * FRAMES_PER_BLOCK}; frame++) {{",
        f"for (int i = 0; i < {WRITES_PER_FRAME}; i++) {{",
        f"int address = addresses[next() % {len(addresses)}];",
        f"int telling = next() % 4 != 0; memory[address] = telling ? bytes[next() % {len(values)}] : next() & 0xFF; }}",
    ]
    lines += [f"prev_{name} = {name}; (void)prev_{name};" for name in order]
    lines += [f"{name} = {to_c(definition(game, name)['formula'])}; add({name});" for name in order]
    lines.append(f"add({to_c(game['lives']['reported'])});")
    lines.append(
        f'if (frame % {FRAMES_PER_BLOCK} == 0) printf("%s\\"%016llx\\"", frame > {FRAMES_PER_BLOCK} ? ", " : "",'
        ' (unsigned long long)hash); }')
    lines.append('printf("]}"); }')
    return "\n".join(lines)


def main():
    games = json.load(open(sys.argv[1], encoding="utf-8"))["games"]
    source = PRELUDE + "\n".join(function(i, game) for i, game in enumerate(games))
    calls = " ".join(f"game{i}();" for i in range(len(games)))
    head = f'{{\\n  \\"framesPerHash\\": {FRAMES_PER_BLOCK},\\n  \\"writesPerFrame\\": {WRITES_PER_FRAME},\\n  \\"games\\": [\\n'
    source += f'\nint main(void) {{ printf("{head}"); {calls} printf("\\n  ]\\n}}\\n"); return 0; }}\n'
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/rules.c", "w", encoding="utf-8") as file:
            file.write(source)
        subprocess.run(["cc", "-O1", "-fwrapv", "-w", "-o", f"{folder}/rules", f"{folder}/rules.c"], check=True)
        sys.stdout.write(subprocess.run([f"{folder}/rules"], check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
