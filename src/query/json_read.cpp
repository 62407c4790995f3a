#include <array>
#include <map>
#include <set>

#include <drm_mode.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "query/json_blobs.hpp"
#include "query/json_cursor.hpp"
#include "query/names.hpp"
#include "query/objects.hpp"

namespace drmshow {
namespace {

std::uint64_t as_unsigned(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

Connection connection_of(int number) {
  if (number == 1) return Connection::connected;
  return number == 2 ? Connection::disconnected : Connection::unknown;
}

Subpixel subpixel_of(int number) {
  constexpr int last = static_cast<int>(Subpixel::none) + 1;
  return number >= 1 && number <= last ? static_cast<Subpixel>(number - 1) : Subpixel::unknown;
}

/// The objects of one device.
class SnapshotFromJson {
 public:
  SnapshotData read(const JsonCursor& json) {
    json["connectors"].each([&](const JsonCursor& each) { add_connector(each); });
    json["encoders"].each([&](const JsonCursor& each) { add_encoder(each); });
    json["crtcs"].each([&](const JsonCursor& each) { add_crtc(each); });
    json["planes"].each([&](const JsonCursor& each) { add_plane(each); });
    json["framebuffers"].each([&](const JsonCursor& each) { add_framebuffer(each); });
    json["colorops"].each([&](const JsonCursor& each) {
      data_.colorops.push_back({each["id"].number<std::uint32_t>(), properties(each)});
    });
    json["vanished"].each([&](const JsonCursor& each) { add_vanished(each); });
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
    json["encoders"].each([&](const JsonCursor& each) {
      connector.encoders.emplace_back(each.number<std::uint32_t>());
    });
    json["modes"].each(
        [&](const JsonCursor& each) { connector.modes.emplace_back(mode_from_json(each)); });
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
    // 32 is what the kernel's masks of CRTCs can say.
    if (data_.crtcs.size() == 32) json.complain("is the 33rd CRTC: no device has so many");
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
    json["formats"].each(
        [&](const JsonCursor& each) { plane.formats.emplace_back(each.number<std::uint32_t>()); });
    plane.properties = properties(json);
    plane.type = plane_type(plane.properties);
    if (!json["fb"].is_null()) add_framebuffer(json["fb"]);
    data_.planes.push_back(std::move(plane));
  }

  void add_framebuffer(const JsonCursor& json) {
    FramebufferInfo fb;
    fb.id = FramebufferId{json["id"].number<std::uint32_t>()};
    if (!framebuffers_.insert(fb.id).second) return;
    fb.size = {json["width"].number<int>(), json["height"].number<int>()};
    if (!json["format"].is_null()) fb.format = Format{json["format"].number<std::uint32_t>()};
    if (!json["modifier"].is_null()) {
      fb.modifier = Modifier{json["modifier"].number<std::uint64_t>()};
    }
    fb.depth = json["depth"].number<std::uint32_t>();
    fb.bpp = json["bpp"].number<std::uint32_t>();
    json["planes"].each([&](const JsonCursor& each) {
      fb.planes.push_back(
          {each["pitch"].number<std::uint32_t>(), each["offset"].number<std::uint32_t>()});
    });
    data_.framebuffers.push_back(std::move(fb));
  }

  void add_vanished(const JsonCursor& json) {
    const auto kind = kind_named(json["kind"].text());
    if (!kind) json.complain("is of no known kind");
    data_.vanished.push_back({*kind, json["id"].number<std::uint32_t>()});
  }

  PropertySet properties(const JsonCursor& object) {
    std::vector<Property> result;
    object["properties"].members([&](const std::string& name, const JsonCursor& json) {
      const PropertyInfo* info = info_from(name, json);
      const std::uint64_t value = value_from(json["raw_value"]);
      result.push_back({info, value});
      if (info->kind == PropertyKind::blob) add_blob(name, value, json);
    });
    return PropertySet{std::move(result)};
  }

  // Old versions of drm_info write values beyond 2^63 as negative numbers.
  static std::uint64_t value_from(const JsonCursor& json) {
    const bool negative = json.json().is_number_integer() && !json.json().is_number_unsigned();
    return negative ? as_unsigned(json.number<std::int64_t>()) : json.number<std::uint64_t>();
  }

  void add_blob(const std::string& name, std::uint64_t value, const JsonCursor& json) {
    const BlobId id{static_cast<std::uint32_t>(value)};
    if (!id || data_.blobs.contains(id)) return;
    if (auto bytes = blob_from_json(name, json)) data_.blobs.emplace(id, std::move(*bytes));
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
    auto [known, last] = infos_.equal_range(info.id);
    for (; known != last; ++known) {
      if (same(*known->second, info)) return known->second;
    }
    const PropertyInfo* kept = &data_.property_infos.emplace_back(std::move(info));
    infos_.emplace(kept->id, kept);
    return kept;
  }

  static bool same(const PropertyInfo& a, const PropertyInfo& b) {
    auto equal = [](const PropertyInfo::Entry& x, const PropertyInfo::Entry& y) {
      return x.value == y.value && x.name == y.name;
    };
    return a.name == b.name && a.flags == b.flags && a.limits == b.limits &&
           std::ranges::equal(a.entries, b.entries, equal);
  }

  static void read_spec(const JsonCursor& spec, PropertyInfo& info) {
    if (spec.is_null()) return;
    switch (info.kind) {
      case PropertyKind::range:
      case PropertyKind::signed_range:
        info.limits = {value_from(spec["min"]), value_from(spec["max"])};
        return;
      case PropertyKind::enumeration:
      case PropertyKind::bitmask:
        spec.each([&](const JsonCursor& entry) {
          info.entries.push_back({value_from(entry["value"]), entry["name"].text()});
        });
        return;
      case PropertyKind::object:
        info.limits = {value_from(spec)};
        return;
      default:
        return;
    }
  }

  SnapshotData data_;
  std::map<std::uint32_t, int> connectors_of_type_;
  std::set<FramebufferId> framebuffers_;
  std::multimap<PropertyId, const PropertyInfo*> infos_;
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
    report.caps.push_back(
        {name, known ? std::optional{json.number<std::uint64_t>()} : std::nullopt});
  });
}

void read_clients(const JsonCursor& json, Report& report) {
  if (!json["masters"].is_null()) {
    report.masters.emplace();
    json["masters"].each([&](const JsonCursor& each) {
      report.masters->push_back({each["command"].text(), each["pid"].number<int>()});
    });
  }
  if (!json["lessees"].is_null()) {
    report.lessees.emplace();
    json["lessees"].each(
        [&](const JsonCursor& each) { report.lessees->push_back(each.number<std::uint32_t>()); });
  }
}

void check_schema(const JsonCursor& json) {
  const std::string schema = json["schema"].text(std::string{json_schema});
  if (schema != json_schema) {
    json.complain(fmt::format("was written as \"{}\", which this drm-query does not know", schema));
  }
}

Report report_from(const std::string& path, const JsonCursor& json) {
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
  json["notes"].each([&](const JsonCursor& each) { report.notes.push_back(each.text()); });
  if (const JsonCursor size = json["fb_size"]; !size.is_null()) {
    report.limits = {{size["min_width"].number<int>(), size["min_height"].number<int>()},
                     {size["max_width"].number<int>(), size["max_height"].number<int>()}};
  }
  if (json.has("connectors")) report.kms.emplace(SnapshotFromJson{}.read(json));
  return report;
}

// What no honest file has, and what would cost much memory or time: adding a member to an object
// looks at all that it has already.
class JsonLimits {
 public:
  explicit JsonLimits(const std::string& source) : source_{source} {}

  bool operator()(int depth, Json::parse_event_t event, const Json&) {
    using Event = Json::parse_event_t;
    if (depth > deepest) complain("is nested too deeply");
    if (++events_ > most_events) complain("is too large");
    if (event == Event::object_start) members_[static_cast<std::size_t>(depth)] = 0;
    if (event == Event::key && ++members_[static_cast<std::size_t>(depth) - 1] > most_members) {
      complain("has an object with too many members");
    }
    return true;
  }

 private:
  static constexpr int deepest = 32;
  static constexpr std::size_t most_members = 2000;
  static constexpr std::size_t most_events = 4'000'000;

  [[noreturn]] void complain(const char* what) const {
    throw Error{Failure::bad_content, source_ + " " + what,
                "A file that drm-query --json or drm_info -j wrote is expected."};
  }

  const std::string& source_;
  std::size_t events_ = 0;
  std::array<std::size_t, deepest + 1> members_{};
};

}  // namespace

std::vector<Report> reports_from_json(std::string_view text, const std::string& source) {
  const Json json = Json::parse(text, JsonLimits{source}, false);
  if (json.is_discarded()) {
    throw Error{Failure::bad_content, source + " is not JSON",
                "A file that drm-query --json or drm_info -j wrote is expected."};
  }
  std::vector<Report> reports;
  JsonCursor{json, source + ":"}.members([&](const std::string& path, const JsonCursor& device) {
    reports.push_back(report_from(path, device));
  });
  return reports;
}

}  // namespace drmshow
