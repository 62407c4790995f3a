/* The hand-over between the display thread and its drawing thread (src/base/work_thread), with
 * the ring around it: a slot is acquired, handed over, drawn into, taken back, submitted, committed,
 * shown, and free again, while closing may come at any time, and so may the end of it all, with a
 * job running. The names are those of the C++.
 *
 * tests/model/spin.py explores every order of events; each MUTANT is a mistake that it must find.
 *
 * found by job_is_submitted: 7
 * found by closing_ends: 14
 * found by all_ends: 14
 * found by frame_is_shown: 16
 * not by safety: 14 */

#ifndef MUTANT
#define MUTANT 0
#endif

#define SLOTS 3
#define FRAMES 5 /* that are drawn: enough for the slots to go round */
#define KICKS 2  /* how often the display thread wakes up for nothing */

/* The bits of state_. */
#define started 1
#define sleeping 2
#define ending 4

mtype = { FREE, DRAWING, READY, PENDING, SCANOUT };

/* WorkThread's. What an atomic block does with state_ or finished_ is one instruction or system call. */
byte state_;
byte finished_; /* the eventfd's count */
byte job_;      /* the slot to draw into: written by start(), read by the thread while started */
bool busy_;     /* the display thread's */
bool blocked;   /* the worker, by the kernel: FUTEX_WAIT */
bool worker_ended;

/* The display thread's. */
mtype slots[SLOTS] = FREE;
byte drawing = SLOTS, ready = SLOTS, pending = SLOTS, screen = SLOTS; /* SLOTS: none */
bool closing, closed;

/* What comes from outside: a page-flip event, a wake-up for nothing, the wish to close, an error that
 * unwinds the display thread. */
bool flip_event, kicked, close_wanted, abandoned;

/* What is counted and seen to check it. */
bool worker_writes;
byte writing, jobs, drawn, taken, submitted, shown;

/* The worker: WorkThread::work() and wait_for_work(). */
active proctype worker() {
  byte seen;
wait_for_work:
#if MUTANT == 1 /* it says that it sleeps without looking again */
  atomic { seen = state_; }
  if
  :: (seen & (started | ending)) != 0 -> goto work
  :: else -> atomic { state_ = sleeping; blocked = true; }
  fi;
#elif MUTANT == 2 /* it looks, and then blocks without saying that it sleeps */
  atomic { seen = state_; }
  if
  :: (seen & (started | ending)) != 0 -> goto work
  :: else -> blocked = true
  fi;
#else
  /* compare_exchange_strong(0, sleeping) */
  atomic { seen = state_; if :: state_ == 0 -> state_ = sleeping :: else fi; }
  if
  :: (seen & (started | ending)) != 0 -> goto work
  :: else
  fi;
#if MUTANT == 3 /* the kernel does not look again before it blocks */
  blocked = true;
#else
  /* FUTEX_WAIT: blocks only if the state is still what we have said */
  atomic { if :: state_ == sleeping -> blocked = true :: else fi; }
#endif
#endif
  !blocked;
  goto wait_for_work;

work:
  if
  :: (seen & started) == 0 -> goto end_of_thread
#if MUTANT == 4 /* ending goes before a job that was started */
  :: (seen & ending) != 0 -> goto end_of_thread
#endif
  :: else
  fi;
  writing = job_;
  worker_writes = true;
  assert(slots[writing] == DRAWING);
  skip; /* the job runs */
  assert(slots[writing] == DRAWING);
  drawn++;
#if MUTANT == 5 /* it notifies before it says that it has finished */
  finished_++;
  state_ = state_ & ~started;
  worker_writes = false;
#elif MUTANT == 6 /* it says that it has finished before the job is done */
  state_ = state_ & ~started;
  finished_++;
  worker_writes = false;
#elif MUTANT == 7 /* it does not notify */
  worker_writes = false;
  state_ = state_ & ~started;
#else
  worker_writes = false;
  atomic { state_ = state_ & ~started; } /* fetch_and, release */
  assert(finished_ == 0); /* a count for each job */
  finished_++;
#endif
  goto wait_for_work;

end_of_thread:
  worker_ended = true;
}

inline wake() {
  blocked = false;
}

inline start(slot) {
  assert(!busy_ && !worker_writes);
  busy_ = true;
  job_ = slot;
  jobs++;
#if MUTANT == 8 /* it wakes nobody */
  state_ = started;
#elif MUTANT == 9 /* it wakes before there is something to do */
  if :: state_ == sleeping -> wake() :: else fi;
  state_ = started;
#else
  atomic { old = state_; state_ = started; } /* exchange */
  if :: old == sleeping -> wake() :: else fi;
#endif
}

inline take_finished() {
#if MUTANT == 10 /* the state alone decides: the wake-up is left for the next job's */
  if
  :: busy_ && (state_ & started) == 0 ->
     finished_ = 0;
     busy_ = false;
     submit()
  :: else
  fi
#elif MUTANT == 11 /* it clears the eventfd after it has looked, whatever it saw */
  if
  :: busy_ && (state_ & started) == 0 && finished_ > 0 ->
     finished_ = 0;
     busy_ = false;
     submit()
  :: else -> finished_ = 0
  fi
#elif MUTANT == 12 /* what was taken can be taken again */
  if
  :: busy_ && (state_ & started) == 0 && finished_ > 0 ->
     busy_ = false;
     submit()
  :: else
  fi
#else
  if
  :: busy_ && (state_ & started) == 0 ->
     atomic { old = finished_; finished_ = 0; } /* read() */
     if
     :: old > 0 ->
        assert(old == 1);
        busy_ = false;
        submit()
     :: else
     fi
  :: else
  fi
#endif
}

/* Of the frame whose job was taken; with one job at a time nothing else is ready. */
inline submit() {
  assert(!worker_writes && drawing < SLOTS && slots[drawing] == DRAWING);
  taken++;
  assert(taken <= drawn);
  slots[drawing] = READY;
  ready = drawing;
  drawing = SLOTS;
  submitted++
}

inline draw_next() {
  slot = (slots[0] == FREE -> 0 : (slots[1] == FREE -> 1 : (slots[2] == FREE -> 2 : SLOTS)));
#if MUTANT == 15 /* it draws into what is on the screen */
  slot = (screen < SLOTS -> screen : slot);
#endif
  if
  :: slot < SLOTS && ready == SLOTS && !busy_ && !closing && jobs < FRAMES ->
     slots[slot] = DRAWING;
     drawing = slot;
     start(slot)
  :: else
  fi
}

inline commit() {
  if
#if MUTANT == 16 /* who closes forgets what is ready */
  :: closing -> skip
#endif
  :: ready < SLOTS && pending == SLOTS ->
     assert(slots[ready] == READY && !(worker_writes && writing == ready));
     slots[ready] = PENDING;
     pending = ready;
     ready = SLOTS
  :: else
  fi
}

inline flipped() {
  if
  :: flip_event ->
     assert(slots[pending] == PENDING);
     if :: screen < SLOTS -> slots[screen] = FREE :: else fi;
     slots[pending] = SCANOUT;
     screen = pending;
     shown++;
     pending = SLOTS;
     flip_event = false
  :: else
  fi
}

/* The display thread: a turn of its loop, and poll(), which blocks. */
active proctype display() {
  byte old, slot;
  do
  :: abandoned -> break
  :: else ->
#if MUTANT == 14 /* who closes takes nothing any more */
     if :: !closing -> take_finished() :: else fi;
#else
     take_finished();
#endif
     flipped();
     if
     :: close_wanted || jobs == FRAMES -> closing = true
     :: else
     fi;
     draw_next();
     commit();
     if
     :: closing && !busy_ && ready == SLOTS && pending == SLOTS -> break
     :: else
     fi;
     (finished_ > 0 || flip_event || kicked || abandoned); /* poll() */
     kicked = false
  od;

  /* The destructor. */
  atomic { old = state_; state_ = state_ | ending; }
#if MUTANT != 13 /* it does not wake the thread */
  if :: (old & sleeping) != 0 -> wake() :: else fi;
#endif
  worker_ended; /* join() */
  assert(!worker_writes && drawn == jobs);
  assert(abandoned || (taken == jobs && submitted == shown && shown == jobs && finished_ == 0));
  closed = true
}

/* Flips always come. All else may come, or not: once `only_flips` nothing else helps out a display
 * thread that has missed something. */
active proctype outside() {
  byte kicks;
  do
  :: atomic { pending < SLOTS && !flip_event -> flip_event = true; }
  :: atomic { kicks < KICKS && !kicked -> kicked = true; kicks++; }
  :: atomic { !close_wanted -> close_wanted = true; kicked = true; }
  :: atomic { abandoned = true; break; }
  :: break
  od;
end_only_flips:
  do
  :: atomic { pending < SLOTS && !flip_event -> flip_event = true; }
  od
}

/* Under weak fairness: whoever can go on does. */
ltl job_is_submitted { [] (busy_ -> <> (!busy_ || abandoned)) }
ltl frame_is_shown { [] (ready < SLOTS -> <> (ready == SLOTS || abandoned)) }
ltl closing_ends { [] ((closing || abandoned) -> <> closed) }
ltl all_ends { <> closed }
