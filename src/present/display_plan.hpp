// What will be driven and how, before any framebuffer exists: the device's state, and the
// outputs, modes, CRTCs and planes chosen on it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "drm-show/display.hpp"
#include "drm-show/scanout_image.hpp"
#include "kms/blame.hpp"
#include "kms/wishes.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {

class DisplayPlan {
 public:
  /// Throws Error as Display does. `saved` outlives it.
  DisplayPlan(const Device& device, const DisplayOptions& options, SavedScreen::Impl& saved);
  // What the candidates point to belongs to now_.
  DisplayPlan(const DisplayPlan&) = delete;
  DisplayPlan& operator=(const DisplayPlan&) = delete;

  const Device& device() const { return device_; }
  Api api() const { return api_; }
  const Snapshot& now() const { return *now_; }
  std::span<const Candidate> candidates() const { return candidates_; }
  std::span<const Output> outputs() const { return outputs_; }
  /// Throws Error (usage) if there is no such output.
  const Output& output(std::size_t index) const;
  std::span<const std::string> notes() const { return notes_; }
  void add_note(std::string note) { notes_.push_back(std::move(note)); }

  /// What is shown there first, and what test() is about.
  void set_framebuffer(std::size_t index, FramebufferId fb) { candidates_[index].plan.fb = fb; }
  /// The framebuffers of these outputs have another format than was planned.
  void set_format(std::size_t index, Format format) { outputs_[index].format = format; }
  /// What images have to be like that these outputs show.
  ScanoutWish scanout_wish(std::span<const std::size_t> outputs) const;
  void add_setting(std::size_t index, const PropertyWrite& write) {
    candidates_[index].extras.add(write);
    added_.emplace_back(index, write);
  }
  /// Another program may have changed anything: what the requests start from is looked at anew.
  /// Outputs, modes and routes stay. False if one of them is not there any more. Setters from
  /// before must not be used afterwards.
  [[nodiscard]] bool look_again();
  /// Once every output has a framebuffer. The plan outlives the setter.
  std::unique_ptr<ModeSetter> make_setter() const;
  /// Whether the driver would light these outputs alone, as they are now; yes if it cannot be
  /// asked.
  bool would_light(std::span<const std::size_t> outputs) const;

 private:
  std::unique_ptr<ModeSetter> make_setter(std::vector<Candidate> candidates) const;
  void plan_outputs(const std::vector<const Connector*>& wanted, const Wishes& wishes);
  void apply_settings();
  void apply_setting(const std::string& text);
  bool is_chosen(const std::string& name) const;

  const Device& device_;
  Api api_;
  SavedScreen::Impl& saved_;
  std::vector<std::string> settings_;
  std::shared_ptr<const Snapshot> now_;  // what requests start from
  std::vector<Candidate> candidates_;
  std::vector<std::pair<std::size_t, PropertyWrite>> added_;
  std::vector<Output> outputs_;
  std::vector<std::string> notes_;
};

}  // namespace drmshow
