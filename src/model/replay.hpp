// Is a real run one that the model knows? Each line of a ring log has to be a step that the World
// can take just then, with nothing wrong after it, and the real ring must have chosen what the
// World's ring chooses.
#pragma once

#include <array>
#include <deque>
#include <iosfwd>
#include <map>
#include <set>
#include <string>

#include "drm-show/record_event.hpp"
#include "model/log_line.hpp"
#include "model/world.hpp"
#include "ring/frame_fates.hpp"

namespace drmshow::model {

class Replay {
 public:
  /// The next line of a log. Throws BadLine if it is not a step of the model; nothing more can be
  /// asked then but state().
  void take(const std::string& line);

  // The same without lines; BadLine as well.
  /// A ring that has just been made.
  void add_stream(const StreamLine& line);
  /// A ring that is found running, instead of the stream's if it has one.
  void resume(const StreamLine& line, const RingRecord& state);
  void take(const PresentEvent& event);
  /// The stream's, as the model has it; nullptr if nobody has said what the stream is.
  const FrameRing* ring(int stream) const;
  /// What is said of the stream from here on is not known.
  void forget(int stream) { streams_.erase(stream); }

  std::uint64_t steps() const { return steps_; }
  std::size_t streams() const { return streams_.size(); }
  /// What the stream of the last line was like before it; empty if there is none.
  const std::string& state() const { return state_; }

 private:
  struct Stream {
    World world;
    // Cookies of flips that were given up: their events may still come, once.
    std::array<std::set<std::uint64_t>, FrameRing::most_outputs> owed;
    // It was found running: of flips and frames up to these nobody knows what became of them.
    std::uint64_t unknown_cookies = 0;
    std::uint64_t unknown_frames = 0;
    // What the last step has made of frames, which has to be said next.
    std::deque<FrameFate> fates;
    // Frames of which a compositor may still say when they were seen.
    std::set<std::uint64_t> committed;
  };

  static void take_event(Stream& stream, const PresentEvent& event);
  static void fate(Stream& stream, const PresentEvent& event);
  static void seen(Stream& stream, const PresentEvent& event);
  static void step(Stream& stream, const PresentEvent& event);
  static void step_of_frame(World& world, const PresentEvent& event);
  static void release(World& world, Frame frame);
  static void commit(Stream& stream, const PresentEvent& event);
  static void end_of_flip(Stream& stream, const PresentEvent& event);
  static void stale_flip(Stream& stream, const PresentEvent& event);
  static void off(Stream& stream, const PresentEvent& event);
  static void abort(Stream& stream);

  std::map<int, Stream> streams_;
  std::string state_;
  std::uint64_t steps_ = 0;
  bool started_ = false;
};

/// All of a log. Says what it found; false if something in it is not a step of the model. A last
/// line without an end, of a process that was killed, is left out.
bool replay(std::istream& log, std::ostream& out);

}  // namespace drmshow::model
