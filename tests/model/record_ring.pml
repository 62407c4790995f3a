/* The flight recorder's ring (src/record/record_ring.hpp): writers that reserve, claim, fill and commit, one of
 * which may die in the middle, and a reader. The names are those of the C++. Memory is sequentially consistent here;
 * what weaker orders do is explored in tests/model/record.
 *
 * tests/model/spin.py explores every order of events; each MUTANT is a mistake that it must find. Nobody may wait for
 * anybody, which deadlocks show, and nobody may try for ever, which attempts show; so there are no formulas.
 *
 * A writer that has stopped for good looks to others like one that stops for long, so all that is asserted holds with
 * any number of dead ones, wherever they died.
 *
 * Only one of them writes records of two cells: if one that stands in the middle of two keeps the middle of these
 * four cells, another finds no two that follow each other. A real ring has sixteen times its longest record. */

#ifndef MUTANT
#define MUTANT 0
#endif

#define CELLS 4
#define WORDS 2    /* of a cell: enough to tear one */
#define WRITERS 2
#define RECORDS 2  /* of each writer, of one or two cells: enough to wrap, and to lap who sleeps */
#define ATTEMPTS 8 /* the model's most_attempts: nobody needs that many */
#define NUMBERS 40 /* so many are not used up */

/* CellStamp. */
#define empty 0
#define busy 1
#define first 2
#define more 3
#define make(number, state) ((number) * 4 + (state))
#define number_of(stamp) ((stamp) / 4)
#define state_of(stamp) ((stamp) % 4)
#define place(number) ((number) % CELLS)

byte next = CELLS;
byte stamps[CELLS];

/* The reader looks at one number, whichever. A word is 0 if it is of another record, else how many cells that has:
 * its first word tells readers so. */
byte watched;
byte words[CELLS * WORDS];
bool written; /* write() has returned true for it */

inline claim(nth) {
#if MUTANT == 1 /* it takes the cell without saying so */
  got = true
#else
#if MUTANT == 6 /* it waits until the cell is not busy */
  state_of(stamps[place(nth)]) != busy;
#endif
  old = stamps[place(nth)]; /* look */
  if
#if MUTANT == 8 /* who was lapped takes what is another's by now */
  :: state_of(old) == busy -> got = false
#elif MUTANT == 14 /* it takes what another is writing into */
  :: number_of(old) >= nth -> got = false
#else
  :: state_of(old) == busy || number_of(old) >= nth -> got = false
#endif
  :: else ->
#if MUTANT == 2 /* it does not compare */
     got = true;
     stamps[place(nth)] = make(nth, busy)
#else
     atomic { /* compare and exchange */
       got = stamps[place(nth)] == old;
       if :: got -> stamps[place(nth)] = make(nth, busy) :: else fi
     }
#endif
  fi;
  old = 0
#endif
}

inline give_back_all() {
  do
#if MUTANT == 7 /* it keeps what it has claimed */
  :: i > 0 -> i = 0
#elif MUTANT == 15 /* it gives back also what it has not got */
  :: i < 3 -> stamps[place(number + i)] = make(number + i, empty); i = (i == 0 -> 3 : i - 1)
#else
  :: i > 0 -> stamps[place(number + i - 1)] = make(number + i - 1, empty); i--
#endif
  :: else -> break
  od;
  i = 0
}

inline fill_all() {
  i = 0;
  do
  :: i < count * WORDS ->
     words[(place(number) * WORDS + i) % (CELLS * WORDS)] = (number == watched -> count : 0);
     i++
  :: i < count * WORDS && me == 0 -> goto died
  :: else -> break
  od;
  i = 0
}

inline commit_all() {
#if MUTANT == 3 /* the first cell first */
  stamps[place(number)] = make(number, first);
#endif
  if :: count == 2 -> stamps[place(number + 1)] = make(number + 1, more) :: else fi;
#if MUTANT != 3
  stamps[place(number)] = make(number, first)
#endif
}

proctype writer(byte me) {
  byte records, attempts, number, count, i, old;
  bool got;
  do
  :: records < RECORDS ->
     if :: count = 1 :: me > 0 -> count = 2 fi;
     do
     :: assert(attempts < ATTEMPTS);
        attempts++;
        atomic { number = next; next = next + count } /* reserve */
        assert(number + count <= NUMBERS);
        i = 0;
        got = true;
        do
        :: got && i < count -> claim(number + i); if :: got -> i++ :: else fi
        :: else -> break
        od;
        if
        :: got -> break
        :: else ->
           give_back_all()
#if MUTANT == 13 /* it gives up */
           ; break
#endif
        fi
     od;
     attempts = 0;
     assert(got); /* there is a place for all, though one has died */
#if MUTANT == 10 /* it says that it is whole before it is */
     commit_all();
     fill_all();
#else
     fill_all();
     commit_all();
#endif
     if :: number == watched -> written = true :: else fi;
     atomic { number = 0; count = 0; records++ }
  :: else -> break
  od;
died:
  skip
}

/* Looks once, at any time. It changes nothing, so that says all of who looks often. */
proctype reader() {
  byte count, i, stamp, word;
  bool was_written, mixed;
  atomic { was_written = written; stamp = stamps[place(watched)] }
#if MUTANT == 9 /* it does not mind whose the cell is */
  if :: state_of(stamp) != first -> goto no_record :: else fi;
#else
  if :: stamp != make(watched, first) -> goto no_record :: else fi;
#endif
  count = 1;
  do
  :: i == WORDS * count -> break
  :: i < WORDS * count ->
     if
     :: i == WORDS && stamps[place(watched + 1)] != make(watched + 1, more) -> goto overwritten
     :: else
     fi;
     word = words[(place(watched) * WORDS + i) % (CELLS * WORDS)];
     if
     :: i == 0 && word == 0 -> if :: count = 1 :: count = 2 fi /* another's: anything */
     :: i == 0 && word > 0 -> count = word
     :: else
     fi;
     mixed = mixed || word != count;
     i++
  od;
#if MUTANT != 4 /* it does not look again */
  if :: stamps[place(watched)] != make(watched, first) -> goto overwritten :: else fi;
#if MUTANT != 5 /* it looks again at the first cell only */
  if :: count == 2 && stamps[place(watched + 1)] != make(watched + 1, more) -> goto overwritten :: else fi;
#endif
#endif
  /* CellFound::record */
  assert(!mixed);
  goto end;

no_record:
  /* Nothing is lost: what was written is there until a later one takes its place. */
  assert(!was_written || number_of(stamp) > watched);
  goto end;

overwritten:
  /* It was whole when we began, so that somebody has taken one of its cells since. */
  assert(number_of(stamps[place(watched)]) > watched || number_of(stamps[place(watched + 1)]) > watched + 1);

end:
  skip
}

init {
  byte n;
  atomic {
    select (watched : CELLS .. 3 * CELLS - 1);
    for (n : 0 .. WRITERS - 1) { run writer(n) }
    run reader();
    n = 0
  }
}
