#include <algorithm>
#include <cerrno>
#include <new>

#include "drm/ioctl.hpp"
#include "kms/commit.hpp"
#include "kms/kernel_log.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {
namespace {

constexpr std::size_t kernel_messages_to_show = 8;
constexpr int restore_retries = 3;

// The driver does not want this configuration; anything else is about the device or about us.
bool is_refusal(int errnum) {
  return errnum == EINVAL || errnum == ERANGE || errnum == ENOSPC || errnum == EOPNOTSUPP ||
         errnum == ENOENT || errnum == EBUSY || errnum == EDEADLK;
}

bool is_transient(int errnum) {
  return errnum == ENOMEM || errnum == EBUSY;
}

AtomicRequest request_for(const Snapshot& before, const std::vector<Candidate>& candidates) {
  std::vector<OutputPlan> plans;
  for (const Candidate& candidate : candidates) plans.push_back(candidate.plan);
  AtomicRequest request = modeset_request(before, plans);
  for (const Candidate& candidate : candidates) request.add(candidate.extras);
  return request;
}

bool belongs_to(ObjectRef object, const Route& route) {
  return object == ref(*route.connector) || object == ref(*route.crtc) ||
         object == ref(*route.plane);
}

class AtomicSetter : public ModeSetter {
 public:
  AtomicSetter(const Device& device, const Snapshot& before, std::vector<Candidate> candidates)
      : device_{device},
        before_{before},
        candidates_{std::move(candidates)},
        request_{request_for(before, candidates_)} {}

  std::vector<std::string> describe() const override {
    std::vector<std::string> lines;
    for (const PropertyWrite& write : request_.writes()) lines.push_back(to_string(write));
    return lines;
  }

  std::optional<Refusal> test() const override {
    const int errnum = commit(device_, request_, CommitKind::test);
    if (errnum == 0) return std::nullopt;
    if (!is_refusal(errnum)) throw_device_error(device_, "cannot test the configuration", errnum);
    return account_for(errnum);
  }

  int show(std::span<const Showing> outputs, Extras extras) override {
    std::vector<Candidate> shown;
    for (const Showing& showing : outputs) {
      Candidate& candidate = shown.emplace_back(candidates_[showing.output]);
      candidate.plan.fb = showing.fb;
      if (extras == Extras::without) candidate.extras = {};
    }
    return commit(device_, without_others(request_for(before_, shown), outputs),
                  CommitKind::modeset);
  }

  int restore() override {
    const AtomicRequest undo = undo_request(before_, request_);
    int errnum = try_commit(undo);
    for (int i = 0; i < restore_retries && is_transient(errnum); ++i) errnum = try_commit(undo);
    if (errnum == 0 || errnum == EACCES || errnum == ENODEV) return errnum;
    for (const Candidate& candidate : candidates_) restore_alone(candidate);
    return errnum;
  }

 private:
  // The request goes off from what was there before we came; what other outputs of ours have taken
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

  // When not all can come back at once: what can does. If this output's previous framebuffer is
  // gone, or the driver will not go back to it, it goes dark. The kernel then brings its console
  // back when the device is closed.
  void restore_alone(const Candidate& candidate) const {
    const AtomicRequest change = request_for(before_, {candidate});
    if (try_commit(undo_request(before_, change)) == 0) return;
    static_cast<void>(try_commit(dark_request(before_, change)));
  }

  // On the way out every failure is only a number.
  int try_commit(const AtomicRequest& request) const {
    try {
      return commit(device_, request, CommitKind::modeset);
    } catch (const std::system_error& error) {
      return error.code().value();
    } catch (const std::bad_alloc&) {
      return ENOMEM;
    }
  }

  Refusal account_for(int errnum) const {
    Refusal refusal{errnum, {}, kernel_messages()};
    const auto test = [this](const AtomicRequest& part) {
      return commit(device_, part, CommitKind::test);
    };
    refusal.account = drmshow::describe(find_blame(before_, candidates_, test), candidates_);
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
  const Snapshot& before_;
  std::vector<Candidate> candidates_;
  AtomicRequest request_;
};

}  // namespace

std::unique_ptr<ModeSetter> make_atomic_setter(const Device& device, const Snapshot& before,
                                               std::vector<Candidate> candidates) {
  return std::make_unique<AtomicSetter>(device, before, std::move(candidates));
}

}  // namespace drmshow
