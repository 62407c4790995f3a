#include "model/replay.hpp"

#include <istream>
#include <ostream>

#include "drm-show/error.hpp"
#include "record/ring_state.hpp"

namespace drmshow::model {
namespace {

// No compositor answers later than this many commits.
constexpr std::size_t most_unseen = 256;

std::string describe(const Frame& frame) {
  return "slot " + std::to_string(frame.slot) + " frame " + std::to_string(frame.number);
}

std::string describe(const std::deque<FrameFate>& fates) {
  if (fates.empty()) return {};
  const FrameFate& fate = fates.front();
  const std::string what = "output " + std::to_string(fate.output) + ": " + describe(fate.frame);
  return what + (fate.superseded ? " was superseded by frame " + std::to_string(fate.by)
                                 : std::string{" was cancelled"});
}

void require(bool truth, const std::string& otherwise) {
  if (!truth) throw BadLine{otherwise};
}

void apply(World& world, Act act, int which) {
  const Action action{act, static_cast<std::uint8_t>(which)};
  const bool possible = world.apply(action);
  if (const char* wrong = world.error()) throw BadLine{wrong};
  require(possible, "this cannot happen now: " + to_string(action));
  if (const char* wrong = world.check()) throw BadLine{wrong};
}

Act act_of_submit(RenderFence fence) {
  if (fence == RenderFence::gated) return Act::submit_gated;
  return fence == RenderFence::native ? Act::submit_native : Act::submit;
}

Act act_of_frame(PresentStep step) {
  if (step == PresentStep::signal) return Act::signal;
  return step == PresentStep::fence_error ? Act::fence_error : Act::expire;
}

Act act_of_output(PresentStep step) {
  if (step == PresentStep::leave) return Act::leave;
  return step == PresentStep::enter ? Act::enter : Act::hotplug;
}

Act act_of_commit(PresentStep step) {
  if (step == PresentStep::busy) return Act::commit_busy;
  return step == PresentStep::refuse ? Act::commit_refused : Act::commit;
}

StreamRecord to_record(const StreamLine& line) {
  return {static_cast<std::uint8_t>(line.number), static_cast<std::uint8_t>(line.slots),
          static_cast<std::uint8_t>(line.outputs), line.policy, line.slot_return};
}

// A log is as long as it is: outputs come and go as they like.
Setup setup_of(const StreamLine& line) {
  Setup setup;
  setup.slots = line.slots;
  setup.policy = line.policy;
  setup.outputs = line.outputs;
  setup.slot_return = line.slot_return;
  setup.leaves = 2'000'000'000;
  return setup;
}

}  // namespace

void Replay::take(const std::string& line) {
  state_.clear();
  if (!started_) {
    require(line == first_log_line, "a log starts with: " + std::string{first_log_line});
    started_ = true;
    return;
  }
  if (const auto stream = parse_stream_line(line)) return add_stream(*stream);
  take(parse_event_line(line));
}

void Replay::take(const PresentEvent& event) {
  state_.clear();
  const auto found = streams_.find(event.stream);
  require(found != streams_.end(), "nobody said what this stream is");
  World& world = found->second.world;
  state_ = world.text();
  require(event.output < world.ring().outputs(), "the stream has no such output");
  take_event(found->second, event);
  ++steps_;
}

void Replay::take_event(Stream& stream, const PresentEvent& event) {
  if (event.step == PresentStep::superseded || event.step == PresentStep::cancelled)
    return fate(stream, event);
  require(stream.fates.empty(), "it is not said what became of a frame: " + describe(stream.fates));
  if (event.step == PresentStep::seen || event.step == PresentStep::unseen)
    return seen(stream, event);
  const FrameRing before = stream.world.ring();
  step(stream, event);
  tell_fates(before, stream.world.ring(),
             [&](const FrameFate& fate) { stream.fates.push_back(fate); });
}

// Only what the step before has done, in the ring's order.
void Replay::fate(Stream& stream, const PresentEvent& event) {
  require(!stream.fates.empty(), "the step before has ended no frame like that");
  const FrameFate told{event.step == PresentStep::superseded, event.output, event.frame, event.by};
  require(told == stream.fates.front(),
          "that is not what became of a frame: " + describe(stream.fates));
  stream.fates.pop_front();
}

void Replay::seen(Stream& stream, const PresentEvent& event) {
  if (stream.committed.erase(event.frame.number) == 1) return;
  require(event.frame.number <= stream.unknown_frames,
          "no compositor has that frame, or this was said before");
}

void Replay::add_stream(const StreamLine& line) {
  try {
    require(
        streams_.try_emplace(line.number, Stream{World{setup_of(line)}, {}, 0, 0, {}, {}}).second,
        "this stream was there before");
  } catch (const Error& error) {
    throw BadLine{error.what()};
  }
}

void Replay::resume(const StreamLine& line, const RingRecord& state) {
  const auto ring = restored_ring(to_record(line), state);
  require(ring.has_value(), "no ring can be like that");
  const World world = World::resumed(setup_of(line), *ring, is_aborted(state));
  if (const char* wrong = world.check()) throw BadLine{wrong};
  streams_.insert_or_assign(line.number,
                            Stream{world, {}, state.last_cookie, state.last_number, {}, {}});
}

const FrameRing* Replay::ring(int stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second.world.ring();
}

void Replay::step(Stream& stream, const PresentEvent& event) {
  World& world = stream.world;
  switch (event.step) {
    case PresentStep::acquire:
    case PresentStep::submit:
    case PresentStep::discard:
    case PresentStep::signal:
    case PresentStep::fence_error:
    case PresentStep::expire:
    case PresentStep::release:
      return step_of_frame(world, event);
    case PresentStep::commit:
    case PresentStep::modeset:
    case PresentStep::busy:
    case PresentStep::refuse:
      return commit(stream, event);
    case PresentStep::flip:
    case PresentStep::watchdog:
    case PresentStep::reset:
      return end_of_flip(stream, event);
    case PresentStep::stale_flip:
      return stale_flip(stream, event);
    case PresentStep::arm_modeset:
    case PresentStep::leave:
    case PresentStep::enter:
      return apply(world, act_of_output(event.step), event.output);
    case PresentStep::off:
      return off(stream, event);
    case PresentStep::close:
      return apply(world, Act::close, 0);
    case PresentStep::abort:
      return abort(stream);
    default:
      return;  // take_event() has seen to the others
  }
}

void Replay::step_of_frame(World& world, const PresentEvent& event) {
  const FrameRing& ring = world.ring();
  const Frame frame = event.frame;
  if (event.step == PresentStep::acquire) {
    FrameRing copy = ring;
    const auto given = copy.acquire();
    require(given.has_value(), "the ring gives no slot now");
    require(given == frame, "the ring gives another one: " + describe(*given));
    return apply(world, Act::acquire, 0);
  }
  require(frame.slot < ring.slots() && ring.number(frame.slot) == frame.number,
          "that frame is not in that slot");
  if (event.step == PresentStep::submit || event.step == PresentStep::discard) {
    require(ring.use(frame.slot) == SlotUse::drawing, "nobody draws that frame");
    const bool is_submit = event.step == PresentStep::submit;
    return apply(world, is_submit ? act_of_submit(event.fence) : Act::discard, 0);
  }
  if (event.step == PresentStep::release) return release(world, frame);
  require(ring.unsignalled(frame.slot), "that frame waits for no fence");
  apply(world, act_of_frame(event.step), frame.slot);
}

// A compositor says so when it likes: early or late is the same to us.
void Replay::release(World& world, Frame frame) {
  require(world.ring().held(frame.slot), "the display does not hold that frame");
  const bool early = world.may({Act::release_early, frame.slot});
  apply(world, early ? Act::release_early : Act::release, frame.slot);
}

void Replay::commit(Stream& stream, const PresentEvent& event) {
  FrameRing copy = stream.world.ring();
  const auto flip = copy.next(event.output);
  require(flip.has_value(), "the ring has nothing to commit now");
  require(flip->frame == event.frame, "the ring gives another one: " + describe(flip->frame));
  require(flip->cookie == event.cookie,
          "the ring gives another cookie: " + std::to_string(flip->cookie));
  require(!(event.step == PresentStep::commit && flip->modeset), "this commit has to set the mode");
  require(!(event.step == PresentStep::modeset && !flip->modeset),
          "this commit does not have to set the mode");
  apply(stream.world, act_of_commit(event.step), event.output);
  const bool by_a_compositor = stream.world.ring().slot_return() == SlotReturn::release;
  if (!by_a_compositor || event.step != PresentStep::commit) return;
  stream.committed.insert(event.frame.number);
  if (stream.committed.size() > most_unseen) stream.committed.erase(stream.committed.begin());
}

void Replay::end_of_flip(Stream& stream, const PresentEvent& event) {
  World& world = stream.world;
  const int output = event.output;
  const std::uint64_t cookie = world.ring().pending_cookie(output);
  require(cookie == event.cookie && cookie != 0,
          cookie == 0 ? "no flip is pending" : "pending is cookie " + std::to_string(cookie));
  require(event.frame.number == 0 || world.ring().pending(output) == event.frame,
          "pending is " + describe(*world.ring().pending(output)));
  if (event.step == PresentStep::flip) {
    apply(world, Act::vblank, output);
    return apply(world, Act::event, output);
  }
  stream.owed[event.output].insert(cookie);
  if (event.step == PresentStep::reset) return apply(world, Act::reset, output);
  apply(world, Act::vblank_event_lost, output);
  apply(world, Act::watchdog, output);
}

void Replay::stale_flip(Stream& stream, const PresentEvent& event) {
  FrameRing copy = stream.world.ring();
  require(copy.flipped(event.output, event.cookie) == FlipResult::stale,
          "this event is of no flip that is over");
  require(copy == stream.world.ring(), "a stale event changed something");
  if (stream.owed[event.output].erase(event.cookie) == 1) return;
  require(event.cookie <= stream.unknown_cookies, "this flip had its event before");
}

// What is queued is shown for a moment; its event comes late, or never. Whoever takes the
// framebuffers off an output without having left it leaves it so.
void Replay::off(Stream& stream, const PresentEvent& event) {
  World& world = stream.world;
  const int output = event.output;
  if (!world.ring().away(output)) apply(world, Act::leave, output);
  if (world.ring().pending(output)) {
    stream.owed[event.output].insert(world.ring().pending_cookie(output));
    apply(world, Act::vblank_event_lost, output);
  }
  apply(world, Act::off, output);
}

void Replay::abort(Stream& stream) {
  const FrameRing& ring = stream.world.ring();
  for (int o = 0; o < ring.outputs(); ++o) {
    if (ring.pending(o)) stream.owed[static_cast<std::size_t>(o)].insert(ring.pending_cookie(o));
  }
  apply(stream.world, Act::abort, 0);
}

bool replay(std::istream& log, std::ostream& out) {
  Replay replay;
  std::uint64_t number = 0;
  std::string line;
  while (std::getline(log, line)) {
    ++number;
    if (log.eof()) {
      out << "Line " << number << " has no end and is left out.\n";
      break;
    }
    try {
      replay.take(line);
    } catch (const BadLine& bad) {
      out << "line " << number << ": " << line << "\n  not a step of the model: " << bad.what()
          << "\n";
      if (!replay.state().empty()) out << "  before it: " << replay.state() << "\n";
      return false;
    }
  }
  if (replay.streams() == 0) {
    out << "There is nothing in this log.\n";
    return false;
  }
  out << replay.steps() << " steps, " << replay.streams()
      << (replay.streams() == 1 ? " stream" : " streams") << ": each is a step of the model\n";
  return true;
}

}  // namespace drmshow::model
