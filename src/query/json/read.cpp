#include <algorithm>
#include <map>
#include <set>

#include <drm_mode.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "query/json/blobs.hpp"
#include "query/json/cursor.hpp"
#include "query/json/parse.hpp"
#include "query/names.hpp"
#include "query/objects.hpp"
#include "query/routing.hpp"

namespace drmshow {
namespace {

Connection connection_of(int number) {
  if (number == 1) return Connection::connected;
  return number == 2 ? Connection::disconnected : Connection::unknown;
}

Subpixel subpixel_of(int number) {
  constexpr int last = static_cast<int>(Subpixel::none) + 1;
  return number >= 1 && number <= last ? static_cast<Subpixel>(number - 1) : Subpixel::unknown;
}

// More than any device has: files beyond are refused, so that no view takes minutes or gigabytes.
// The kernel's own limits are 32 CRTCs, encoders and connectors, since masks of them have 32 bits,
// and 64 planes; the rest is generous.
constexpr std::size_t most_connectors = 128;
constexpr std::size_t most_encoders = 128;
constexpr std::size_t most_crtcs = 32;
constexpr std::size_t most_planes = 128;
constexpr std::size_t most_framebuffers = 512;
constexpr std::size_t most_colorops = 1024;
constexpr std::size_t most_vanished = 1024;
constexpr std::size_t most_modes = 1024;
constexpr std::size_t most_entries = 128;  // of an enumeration; drivers have up to some 30
// In all pipelines that planes offer, together: 10 each are many.
constexpr std::size_t most_pipeline_steps = 4096;
// Bytes of all IN_FORMATS and the like of a file, together: some 3000 a plane are many. JSON and
// text of them are a hundred times as long.
constexpr std::size_t most_format_bytes = std::size_t{1} << 20;
constexpr std::size_t most_clients = 1024;
constexpr std::size_t most_notes = 1024;

/// The objects of one device.
class SnapshotFromJson {
 public:
  /// `format_bytes`: how many bytes of format tables the file may still have.
  explicit SnapshotFromJson(std::size_t& format_bytes) : format_bytes_{format_bytes} {}

  SnapshotData read(const JsonCursor& json) {
    auto all = [&](const char* key, std::size_t most,
                   void (SnapshotFromJson::*add)(const JsonCursor&)) {
      json[key].each(most, [&](const JsonCursor& each) { (this->*add)(each); });
    };
    all("connectors", most_connectors, &SnapshotFromJson::add_connector);
    all("encoders", most_encoders, &SnapshotFromJson::add_encoder);
    all("crtcs", most_crtcs, &SnapshotFromJson::add_crtc);
    all("framebuffers", most_framebuffers, &SnapshotFromJson::add_framebuffer);
    all("planes", most_planes, &SnapshotFromJson::add_plane);
    all("colorops", most_colorops, &SnapshotFromJson::add_colorop);
    all("vanished", most_vanished, &SnapshotFromJson::add_vanished);
    return std::move(data_);
  }

 private:
  // drm_info does not tell the number in a connector's name. The kernel counts each type from 1.
  std::string name_of(const JsonCursor& json, std::uint32_t type) {
    const int number = ++connectors_of_type_[type];
    return json["name"].text(fmt::format("{}-{}", connector_type_name(type), number));
  }

  void add_connector(const JsonCursor& json) {
    Connector connector;
    connector.id = ConnectorId{json["id"].number<std::uint32_t>()};
    connector.type = json["type"].number<std::uint32_t>();
    connector.name = name_of(json, connector.type);
    connector.connection = connection_of(json["status"].number<int>());
    connector.size_mm = {json["phy_width"].number<int>(), json["phy_height"].number<int>()};
    connector.subpixel = subpixel_of(json["subpixel"].number<int>());
    connector.encoder = EncoderId{json["encoder_id"].number<std::uint32_t>()};
    json["encoders"].each(most_encoders, [&](const JsonCursor& each) {
      connector.encoders.emplace_back(each.number<std::uint32_t>());
    });
    json["modes"].each(most_modes, [&](const JsonCursor& each) {
      connector.modes.emplace_back(mode_from_json(each));
    });
    connector.properties = properties(json);
    data_.connectors.push_back(std::move(connector));
  }

  void add_encoder(const JsonCursor& json) {
    data_.encoders.push_back({EncoderId{json["id"].number<std::uint32_t>()},
                              json["type"].number<std::uint32_t>(),
                              CrtcId{json["crtc_id"].number<std::uint32_t>()},
                              {json["possible_crtcs"].number<std::uint32_t>()},
                              json["possible_clones"].number<std::uint32_t>()});
  }

  void add_crtc(const JsonCursor& json) {
    Crtc crtc;
    crtc.id = CrtcId{json["id"].number<std::uint32_t>()};
    crtc.index = CrtcIndex{static_cast<unsigned>(data_.crtcs.size())};
    if (!json["mode"].is_null()) crtc.mode = Mode{mode_from_json(json["mode"])};
    crtc.fb = FramebufferId{json["fb_id"].number<std::uint32_t>()};
    crtc.fb_offset = {json["x"].number<int>(), json["y"].number<int>()};
    crtc.gamma_size = json["gamma_size"].number<std::uint32_t>();
    crtc.properties = properties(json);
    data_.crtcs.push_back(std::move(crtc));
  }

  void add_plane(const JsonCursor& json) {
    Plane plane;
    plane.id = PlaneId{json["id"].number<std::uint32_t>()};
    plane.possible_crtcs = {json["possible_crtcs"].number<std::uint32_t>()};
    plane.crtc = CrtcId{json["crtc_id"].number<std::uint32_t>()};
    plane.fb = FramebufferId{json["fb_id"].number<std::uint32_t>()};
    json["formats"].each(most_formats, [&](const JsonCursor& each) {
      plane.formats.emplace_back(each.number<std::uint32_t>());
    });
    plane.properties = properties(json, plane.formats);
    plane.type = plane_type(plane.properties);
    if (!json["fb"].is_null()) add_framebuffer(json["fb"]);
    data_.planes.push_back(std::move(plane));
  }

  void add_framebuffer(const JsonCursor& json) {
    FramebufferInfo fb;
    fb.id = FramebufferId{json["id"].number<std::uint32_t>()};
    if (!framebuffers_.insert(fb.id).second) return;
    if (framebuffers_.size() > most_framebuffers) json.complain("is one framebuffer too many");
    fb.size = {json["width"].number<int>(), json["height"].number<int>()};
    if (!json["format"].is_null()) fb.format = Format{json["format"].number<std::uint32_t>()};
    if (!json["modifier"].is_null()) {
      fb.modifier = Modifier{json["modifier"].word()};
    }
    fb.depth = json["depth"].number<std::uint32_t>();
    fb.bpp = json["bpp"].number<std::uint32_t>();
    json["planes"].each(4, [&](const JsonCursor& each) {
      fb.planes.push_back(
          {each["pitch"].number<std::uint32_t>(), each["offset"].number<std::uint32_t>()});
    });
    data_.framebuffers.push_back(std::move(fb));
  }

  void add_colorop(const JsonCursor& json) {
    data_.colorops.push_back({json["id"].number<std::uint32_t>(), properties(json)});
  }

  void add_vanished(const JsonCursor& json) {
    const auto kind = kind_named(json["kind"].text());
    if (!kind) json.complain("is of no known kind");
    data_.vanished.push_back({*kind, json["id"].number<std::uint32_t>()});
  }

  PropertySet properties(const JsonCursor& object, std::span<const Format> formats = {}) {
    std::vector<Property> result;
    object["properties"].members([&](const std::string& name, const JsonCursor& json) {
      const PropertyInfo* info = info_from(name, json);
      const std::uint64_t value = json["raw_value"].word();
      result.push_back({info, value});
      if (info->kind == PropertyKind::blob) add_blob(name, value, json, formats);
    });
    return PropertySet{std::move(result)};
  }

  void add_blob(const std::string& name, std::uint64_t value, const JsonCursor& json,
                std::span<const Format> formats) {
    const BlobId id{static_cast<std::uint32_t>(value)};
    if (!id || data_.blobs.contains(id)) return;
    auto bytes = blob_from_json(name, json, formats);
    if (!bytes) return;
    if (name.starts_with("IN_FORMATS")) spend(bytes->size(), json);
    data_.blobs.emplace(id, std::move(*bytes));
  }

  void spend(std::size_t bytes, const JsonCursor& json) {
    if (bytes > format_bytes_) json.complain("is too much: no device has so long lists of formats");
    format_bytes_ -= bytes;
  }

  // One info for all objects whose property has the same id and says the same.
  const PropertyInfo* info_from(const std::string& name, const JsonCursor& json) {
    PropertyInfo info;
    info.id = PropertyId{json["id"].number<std::uint32_t>()};
    info.name = name;
    info.flags = json["flags"].number<std::uint32_t>();
    info.kind = property_kind(info.flags);
    info.immutable = (info.flags & DRM_MODE_PROP_IMMUTABLE) != 0;
    read_spec(json["spec"], info);
    const std::pair key{info.id, info.name};
    auto [known, last] = infos_.equal_range(key);
    for (; known != last; ++known) {
      if (same(*known->second, info)) return known->second;
    }
    const PropertyInfo* kept = &data_.property_infos.emplace_back(std::move(info));
    infos_.emplace(key, kept);
    return kept;
  }

  static bool same(const PropertyInfo& a, const PropertyInfo& b) {
    auto equal = [](const PropertyInfo::Entry& x, const PropertyInfo::Entry& y) {
      return x.value == y.value && x.name == y.name;
    };
    return a.flags == b.flags && a.limits == b.limits &&
           std::ranges::equal(a.entries, b.entries, equal);
  }

  static void read_spec(const JsonCursor& spec, PropertyInfo& info) {
    if (spec.is_null()) return;
    switch (info.kind) {
      case PropertyKind::range:
      case PropertyKind::signed_range:
        info.limits = {spec["min"].word(), spec["max"].word()};
        return;
      case PropertyKind::enumeration:
      case PropertyKind::bitmask:
        spec.each(most_entries, [&](const JsonCursor& entry) {
          info.entries.push_back({entry["value"].word(), entry["name"].text()});
        });
        return;
      case PropertyKind::object:
        info.limits = {spec.word()};
        return;
      default:
        return;
    }
  }

  std::size_t& format_bytes_;
  SnapshotData data_;
  std::map<std::uint32_t, int> connectors_of_type_;
  std::set<FramebufferId> framebuffers_;
  std::multimap<std::pair<PropertyId, std::string>, const PropertyInfo*> infos_;
};

DriverInfo driver_from(const JsonCursor& json) {
  const JsonCursor version = json["version"];
  if (version.is_null()) return {json["name"].text(), json["desc"].text(), {}, 0, 0, 0};
  return {json["name"].text(),
          json["desc"].text(),
          version["date"].text(),
          version["major"].number<int>(),
          version["minor"].number<int>(),
          version["patch"].number<int>()};
}

KernelInfo kernel_from(const JsonCursor& json) {
  if (json.is_null()) return {};
  return {json["sysname"].text(), json["release"].text(), json["version"].text()};
}

std::string bus_name(const JsonCursor& json) {
  constexpr std::string_view names[] = {"pci", "usb", "platform", "host1x", "faux"};
  const int number = json["bus_type"].number<int>(-1);
  const bool known = number >= 0 && number < static_cast<int>(std::size(names));
  return json["bus"].text(known ? std::string{names[number]} : std::string{});
}

BusInfo bus_from(const JsonCursor& json) {
  if (json.is_null()) return {};
  BusInfo bus{bus_name(json), json["address"].text(), json["kernel_driver"].text(), {}};
  const JsonCursor pci = json["device_data"];
  if (bus.type != "pci" || pci.is_null()) return bus;
  bus.pci = {pci["vendor"].number<std::uint16_t>(), pci["device"].number<std::uint16_t>(),
             pci["subsystem_vendor"].number<std::uint16_t>(),
             pci["subsystem_device"].number<std::uint16_t>()};
  return bus;
}

void read_caps(const JsonCursor& driver, Report& report) {
  driver["client_caps"].members([&](const std::string& name, const JsonCursor& json) {
    report.client_caps.push_back({name, json.flag()});
  });
  driver["caps"].members([&](const std::string& name, const JsonCursor& json) {
    const bool known = !json.is_null();
    report.caps.push_back({name, known ? std::optional{json.word()} : std::nullopt});
  });
}

void read_clients(const JsonCursor& json, Report& report) {
  if (!json["masters"].is_null()) {
    report.masters.emplace();
    json["masters"].each(most_clients, [&](const JsonCursor& each) {
      report.masters->push_back({each["command"].text(), each["pid"].number<int>()});
    });
  }
  if (!json["lessees"].is_null()) {
    report.lessees.emplace();
    json["lessees"].each(most_clients, [&](const JsonCursor& each) {
      report.lessees->push_back(each.number<std::uint32_t>());
    });
  }
}

void check_schema(const JsonCursor& json) {
  const std::string schema = json["schema"].text(std::string{json_schema});
  if (schema != json_schema) {
    json.complain(fmt::format("was written as \"{}\", which this drm-query does not know", schema));
  }
}

// Operations that several pipelines share would be shown for each of these.
void check_pipelines(const Snapshot& snapshot, const JsonCursor& json) {
  std::size_t steps = 0;
  for (const Plane& plane : snapshot.planes()) {
    const Property* property = plane.properties.find("COLOR_PIPELINE");
    if (!property) continue;
    for (const auto& entry : property->info->entries) {
      steps += pipeline_from(snapshot, static_cast<std::uint32_t>(entry.value)).size();
      if (steps > most_pipeline_steps) json.complain("has too long colour pipelines");
    }
  }
}

Report report_from(const std::string& path, const JsonCursor& json, std::size_t& format_bytes) {
  check_schema(json);
  Report report;
  report.path = path;
  report.render_path = json["render_node"].text();
  report.access = json["access"].text("full") == "sysfs" ? Access::sysfs_only : Access::full;
  if (const JsonCursor driver = json["driver"]; !driver.is_null()) {
    report.driver = driver_from(driver);
    report.kernel = kernel_from(driver["kernel"]);
    read_caps(driver, report);
  }
  report.bus = bus_from(json["device"]);
  read_clients(json, report);
  json["notes"].each(most_notes,
                     [&](const JsonCursor& each) { report.notes.push_back(each.text()); });
  if (const JsonCursor size = json["fb_size"]; !size.is_null()) {
    report.limits = {{size["min_width"].number<int>(), size["min_height"].number<int>()},
                     {size["max_width"].number<int>(), size["max_height"].number<int>()}};
  }
  if (json.has("connectors")) {
    report.kms.emplace(SnapshotFromJson{format_bytes}.read(json));
    check_pipelines(*report.kms, json);
  }
  return report;
}

}  // namespace

std::vector<Report> reports_from_json(std::string_view text, const std::string& source) {
  const Json json = parse_json(text, source);
  std::vector<Report> reports;
  std::size_t format_bytes = most_format_bytes;
  JsonCursor{json, source + ":"}.members([&](const std::string& path, const JsonCursor& device) {
    reports.push_back(report_from(path, device, format_bytes));
  });
  return reports;
}

}  // namespace drmshow
