// Tells the user what goes on with the display while frames move, and keeps the log of --ring-log.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drm-show/presenter.hpp"
#include "present/present_log.hpp"
#include "show/options.hpp"

namespace drmshow {

class PresentNotes : public PresentObserver {
 public:
  /// Throws Error if the log cannot be written.
  explicit PresentNotes(const Options& options);

  /// Once the presenter is there: its streams and their outputs' names.
  void introduce(const Presenter& presenter);
  void on(const PresentEvent& event) override;
  /// Throws Error if the log could not be written.
  void finish();

 private:
  const std::string& name_of(const PresentEvent& event) const;

  std::unique_ptr<PresentLog> log_;
  std::vector<std::vector<std::string>> names_;  // of outputs, by stream
};

}  // namespace drmshow
