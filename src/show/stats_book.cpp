#include "show/stats_book.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/surroundings.hpp"
#include "show/messages.hpp"
#include "show/stats_text.hpp"

namespace drmshow {
namespace {

constexpr int usual_width = 80;

std::string how_it_was_shown(const Options& options, const Presenter& presenter,
                             std::size_t output) {
  std::string how = to_string(presenter.outputs()[output].mode);
  if (presenter.tears(output)) {
    how += ", tearing";
  } else {
    how += options.present.mode == PresentMode::mailbox ? ", mailbox" : ", fifo";
  }
  if (presenter.paced_by_timer(output)) how += ", paced by a timer";
  const int framebuffers = presenter.ring(presenter.stream_of(output)).slots();
  return how + fmt::format(", {} framebuffers", framebuffers);
}

}  // namespace

StatsBook::Entry& StatsBook::entry(const std::string& output) {
  const auto found =
      std::ranges::find_if(entries_, [&](const auto& each) { return each->output == output; });
  if (found != entries_.end()) return **found;
  return *entries_.emplace_back(std::make_unique<Entry>(Entry{output, {}, {}, {}, {}}));
}

void StatsBook::add(const Options& options, const Presenter& presenter,
                    std::span<const std::optional<GpuAccount>> accounts) {
  for (std::size_t i = 0; i < presenter.outputs().size(); ++i) {
    const Output& output = presenter.outputs()[i];
    Entry& entry = this->entry(output.name);
    entry.mode = to_string(output.mode);
    entry.how = how_it_was_shown(options, presenter, i);
    const std::uint64_t waits = entry.gpu ? entry.gpu->waits : 0;
    if (accounts[i]) (entry.gpu = accounts[i])->waits += waits;
    entry.stats.add(presenter.stats(i));
  }
}

std::uint64_t StatsBook::shown(const std::string& output) const {
  const auto found =
      std::ranges::find_if(entries_, [&](const auto& each) { return each->output == output; });
  return found == entries_.end() ? 0 : (*found)->stats.counts.shown;
}

void StatsBook::print(const Options& options) const {
  if (options.stats == StatsFormat::none) return;
  if (options.stats == StatsFormat::json) {
    print_json();
  } else {
    print_text();
  }
  finish_output();
}

void StatsBook::print_text() const {
  const int width = terminal_width() > 0 ? terminal_width() : usual_width;
  const auto charset = speaks_utf8() ? StatsCharset::utf8 : StatsCharset::ascii;
  for (const auto& entry : entries_) {
    std::string how = entry->how;
    if (entry->gpu) how += "\n  " + to_string(*entry->gpu);
    const std::string text = stats_text(entry->output, entry->stats, how, width, charset);
    std::fputs(text.c_str(), stdout);
  }
}

void StatsBook::print_json() const {
  std::vector<NamedStats> named;
  for (const auto& entry : entries_)
    named.push_back({entry->output, entry->mode, entry->stats, entry->gpu});
  std::fputs(stats_json(named).c_str(), stdout);
}

}  // namespace drmshow
