#include "kms/commit_arrays.hpp"

#include <algorithm>

namespace drmshow {

CommitArrays::CommitArrays(const Device& device, const AtomicRequest& request) {
  std::vector<const PropertyWrite*> order;
  for (const PropertyWrite& write : request.writes()) order.push_back(&write);
  std::ranges::stable_sort(order, {}, [](const PropertyWrite* write) { return write->object.id; });
  for (const PropertyWrite* write : order) append(device, *write);
}

void CommitArrays::append(const Device& device, const PropertyWrite& write) {
  if (objects.empty() || objects.back() != write.object.id) {
    objects.push_back(write.object.id);
    counts.push_back(0);
  }
  ++counts.back();
  properties.push_back(write.property.raw());
  values.push_back(value_of(device, write));
}

std::uint64_t CommitArrays::value_of(const Device& device, const PropertyWrite& write) {
  if (const auto* bytes = std::get_if<Bytes>(&write.value)) {
    return blobs.emplace_back(device, *bytes).id().raw();
  }
  return std::get<std::uint64_t>(write.value);
}

bool CommitArrays::copy_to(FlatCommit& flat) const {
  if (objects.size() > flat.objects.size() || properties.size() > flat.properties.size()) {
    return false;
  }
  flat.object_count = static_cast<std::uint32_t>(objects.size());
  std::ranges::copy(objects, flat.objects.begin());
  std::ranges::copy(counts, flat.counts.begin());
  std::ranges::copy(properties, flat.properties.begin());
  std::ranges::copy(values, flat.values.begin());
  return true;
}

}  // namespace drmshow
