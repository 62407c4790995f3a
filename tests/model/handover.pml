/* The hand-over between the display thread and its drawing thread (src/present/draw_thread), with
 * the ring around it: a slot is acquired, handed over, drawn into, taken back, submitted, shown and
 * free again, while closing may come at any time. The names are those of the C++.
 *
 * tests/model/spin.py explores every order of events; each MUTANT is a mistake that it must find. */

#ifndef MUTANT
#define MUTANT 0
#endif

#define SLOTS 2
#define FRAMES 4 /* that are drawn: enough for the slots to go round */

/* The bits of state_. */
#define started 1
#define sleeping 2
#define ending 4

mtype = { FREE, DRAWING, READY, SCANOUT };

mtype slots[SLOTS] = FREE;
byte state_;      /* atomic: everything that an atomic block does with it is one instruction */
byte finished_;   /* the eventfd's count */
byte job_;        /* the slot to draw into; written by start(), read by the thread */
bool busy_;       /* the display thread's */
bool worker_writes, display_reads; /* who is in job_ and in the pixels just now */
byte writing;     /* the slot that the worker writes to */
byte drawn;       /* jobs that have run */
byte submitted, acquired, shown, taken;
bool blocked;     /* the worker, in the kernel: FUTEX_WAIT */
bool closing, closed, joined, worker_ended;

/* The worker: DrawThread::work() and wait_for_work(). */
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
  assert(finished_ == 0); /* one job, one count */
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

/* What the display thread does with a frame whose job it took. */
inline submit() {
  assert(!worker_writes);
  assert(slots[drawing] == DRAWING);
  slots[drawing] = READY;
  submitted++;
  drawing = SLOTS;
}

inline take_finished() {
#if MUTANT == 10 /* the state alone decides: the wake-up is left for the next job's */
  if
  :: busy_ && (state_ & started) == 0 ->
     if :: finished_ > 0 -> finished_ = 0 :: else fi;
     busy_ = false; taken++; submit()
  :: else
  fi;
#elif MUTANT == 11 /* it clears the eventfd after it has looked, whatever it saw */
  if
  :: busy_ && (state_ & started) == 0 && finished_ > 0 ->
     finished_ = 0; busy_ = false; taken++; submit()
  :: else -> finished_ = 0
  fi;
#elif MUTANT == 12 /* what was taken stays to be taken again */
  if
  :: busy_ && (state_ & started) == 0 && finished_ > 0 ->
     finished_ = 0; taken++; submit()
  :: busy_ && drawing == SLOTS -> taken++; busy_ = false
  :: else
  fi;
#else
  if
  :: busy_ && (state_ & started) == 0 ->
     atomic { old = finished_; finished_ = 0; } /* read() of the eventfd */
     if
     :: old > 0 -> busy_ = false; taken++; submit()
     :: else
     fi
  :: else
  fi;
#endif
}

/* The display thread: one turn of its loop after the other. It blocks in poll() unless there is
 * something to do: a job has finished, a frame can be shown, a slot drawn into, or we close. */
active proctype display() {
  byte old, slot, screen = SLOTS, drawing = SLOTS;
poll:
  if
  :: finished_ > 0 -> take_finished()
  :: !busy_ && !closing && drawing == SLOTS && acquired < FRAMES ->
     slot = (slots[0] == FREE -> 0 : (slots[1] == FREE -> 1 : SLOTS));
     if
     :: slot < SLOTS ->
        slots[slot] = DRAWING;
        drawing = slot;
        acquired++;
        start(slot)
     :: else -> skip
     fi
  :: slots[0] == READY || slots[1] == READY -> /* a flip */
     slot = (slots[0] == READY -> 0 : 1);
     assert(slots[slot] == READY);
     assert(!(worker_writes && writing == slot));
     if :: screen < SLOTS -> slots[screen] = FREE :: else fi;
     slots[slot] = SCANOUT;
     screen = slot;
     shown++
  :: busy_ -> take_finished() /* asked for another reason: it must not harm */
  :: closing && !busy_ && slots[0] != READY && slots[1] != READY -> goto close_down
  :: acquired == FRAMES && !busy_ && slots[0] != READY && slots[1] != READY -> closing = true
  fi;
  goto poll;

close_down: /* the destructor */
  atomic { old = state_; state_ = state_ | ending; }
#if MUTANT != 13 /* it ends without waking the thread */
  if :: (old & sleeping) != 0 -> wake() :: else fi;
#endif
  worker_ended;
  joined = true;
  assert(drawn == taken && taken == submitted && submitted == shown && acquired == taken);
  assert(finished_ == 0 && !busy_);
  closed = true;
}
