#include "property_texts.hpp"

#include <algorithm>
#include <cstdlib>

#include "query/values/value.hpp"

namespace drmshow::fuzz {

bool is_clean(const std::string& text) {
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

void check_texts_of_blob(const std::string& property, std::span<const std::byte> bytes) {
  constexpr BlobId blob{7};
  SnapshotData data;
  PropertyInfo& info = data.property_infos.emplace_back();
  info.name = property;
  info.kind = PropertyKind::blob;
  data.blobs[blob] = {bytes.begin(), bytes.end()};
  const Snapshot snapshot{std::move(data)};
  const ValueText text = value_text(snapshot, {&info, blob.raw()});
  if (text.text.empty() || !is_clean(text.text) || !std::ranges::all_of(text.details, is_clean))
    std::abort();
}

}  // namespace drmshow::fuzz
