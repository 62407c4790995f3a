// What will be driven and how, before any framebuffer exists: the device's state as it was, and the
// outputs, modes, CRTCs and planes chosen on it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "drm-show/display.hpp"
#include "kms/blame.hpp"
#include "kms/mode_choice.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {

class DisplayPlan {
 public:
  /// Becomes DRM master first. Throws Error as Display does.
  DisplayPlan(const Device& device, const DisplayOptions& options);
  // What the candidates point to belongs to before_.
  DisplayPlan(const DisplayPlan&) = delete;
  DisplayPlan& operator=(const DisplayPlan&) = delete;

  const Device& device() const { return device_; }
  Api api() const { return api_; }
  const Snapshot& before() const { return before_; }
  std::span<const Candidate> candidates() const { return candidates_; }
  std::span<const Output> outputs() const { return outputs_; }
  /// Throws Error (usage) if there is no such output.
  const Output& output(std::size_t index) const;
  std::span<const std::string> notes() const { return notes_; }
  void add_note(std::string note) { notes_.push_back(std::move(note)); }

  /// What is shown there first, and what test() is about.
  void set_framebuffer(std::size_t index, FramebufferId fb) { candidates_[index].plan.fb = fb; }
  void add_setting(std::size_t index, const PropertyWrite& write) {
    candidates_[index].extras.add(write);
  }
  /// Once every output has a framebuffer. The plan outlives the setter.
  std::unique_ptr<ModeSetter> make_setter() const;

 private:
  struct Wishes;

  Snapshot snapshot_as_master() const;
  void leave_out_modeless(std::vector<const Connector*>& wanted);
  void check_wished_outputs(const std::vector<const Connector*>& wanted,
                            const Wishes& wishes) const;
  void plan_outputs(const std::vector<const Connector*>& wanted, const Wishes& wishes);
  void apply_settings(const std::vector<std::string>& texts);
  void apply_setting(const std::string& text);
  bool is_chosen(const std::string& name) const;

  const Device& device_;
  Api api_;
  Snapshot before_;  // the state to restore
  std::vector<Candidate> candidates_;
  std::vector<Output> outputs_;
  std::vector<std::string> notes_;
};

}  // namespace drmshow
