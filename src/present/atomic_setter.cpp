#include <algorithm>
#include <cerrno>

#include "drm/ioctl.hpp"
#include "kms/commit.hpp"
#include "kms/kernel_log.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {
namespace {

constexpr std::size_t kernel_messages_to_show = 8;

// The driver does not want this configuration; anything else is about the device or about us.
bool is_refusal(int errnum) {
  return errnum == EINVAL || errnum == ERANGE || errnum == ENOSPC || errnum == EOPNOTSUPP ||
         errnum == ENOENT || errnum == EBUSY || errnum == EDEADLK;
}

AtomicRequest request_for(const Snapshot& now, const std::vector<Candidate>& candidates) {
  std::vector<OutputPlan> plans;
  for (const Candidate& candidate : candidates) plans.push_back(candidate.plan);
  AtomicRequest request = modeset_request(now, plans);
  for (const Candidate& candidate : candidates) request.add(candidate.extras);
  return request;
}

bool belongs_to(ObjectRef object, const Route& route) {
  return object == ref(*route.connector) || object == ref(*route.crtc) ||
         object == ref(*route.plane);
}

class AtomicSetter : public ModeSetter {
 public:
  AtomicSetter(SetterContext context, std::vector<Candidate> candidates)
      : device_{context.device},
        now_{context.now},
        saved_{context.saved},
        candidates_{std::move(candidates)},
        request_{request_for(now_, candidates_)} {}

  std::vector<std::string> describe() const override {
    std::vector<std::string> lines;
    for (const PropertyWrite& write : request_.writes()) lines.push_back(to_string(write));
    return lines;
  }

  std::optional<Refusal> test() const override {
    const int errnum = try_it();
    return errnum == 0 ? std::nullopt : std::optional{account_for(errnum)};
  }

  bool would_work() const override { return try_it() == 0; }

  int show(std::span<const Showing> outputs, Extras extras) override {
    std::vector<Candidate> shown;
    std::vector<AtomicRequest> parts;
    for (const Showing& showing : outputs) {
      Candidate& candidate = shown.emplace_back(candidates_[showing.output]);
      candidate.plan.fb = showing.fb;
      if (extras == Extras::without) candidate.extras = {};
      parts.push_back(request_for(now_, {candidate}));
    }
    const AtomicRequest request = without_others(request_for(now_, shown), outputs);
    saved_.will_change(request, parts);
    const int errnum = commit(device_, request, CommitKind::modeset);
    if (errnum == 0) saved_.changed();
    return errnum;
  }

  int turn_off(std::size_t output) override {
    const AtomicRequest lit = request_for(now_, {candidates_[output]});
    return commit(device_, dark_request(now_, lit), CommitKind::modeset);
  }

 private:
  int try_it() const {
    const int errnum = commit(device_, request_, CommitKind::test);
    if (errnum == 0 || is_refusal(errnum)) return errnum;
    throw_device_error(device_, "cannot test the configuration", errnum);
  }

  // The request goes off from what was there when we looked; what other outputs of ours have taken
  // since is theirs.
  AtomicRequest without_others(const AtomicRequest& request,
                               std::span<const Showing> outputs) const {
    AtomicRequest kept;
    for (const PropertyWrite& write : request.writes()) {
      bool others = false;
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const bool shown = std::ranges::find(outputs, i, &Showing::output) != outputs.end();
        others = others || (!shown && belongs_to(write.object, candidates_[i].plan.route));
      }
      if (!others) kept.add(write);
    }
    return kept;
  }

  Refusal account_for(int errnum) const {
    Refusal refusal{errnum, {}, kernel_messages()};
    const auto test = [this](const AtomicRequest& part) {
      return commit(device_, part, CommitKind::test);
    };
    refusal.account = drmshow::describe(find_blame(now_, candidates_, test), candidates_);
    return refusal;
  }

  // Asks for the refused request again, this time listening.
  std::vector<std::string> kernel_messages() const {
    const KernelLog log;
    static_cast<void>(commit(device_, request_, CommitKind::test));
    std::vector<std::string> messages = log.messages();
    // The reason comes last.
    if (messages.size() > kernel_messages_to_show) {
      messages.erase(messages.begin(), messages.end() - kernel_messages_to_show);
    }
    return messages;
  }

  const Device& device_;
  const Snapshot& now_;
  SavedScreen::Impl& saved_;
  std::vector<Candidate> candidates_;
  AtomicRequest request_;
};

}  // namespace

std::unique_ptr<ModeSetter> make_atomic_setter(SetterContext context,
                                               std::vector<Candidate> candidates) {
  return std::make_unique<AtomicSetter>(context, std::move(candidates));
}

}  // namespace drmshow
