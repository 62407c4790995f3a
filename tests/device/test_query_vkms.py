#!/usr/bin/env python3
"""drm-query on vkms: agrees with drm_info and modetest, and answers who asks in which way."""
import json

import harness
from guest_test import CARD, GuestTest

DEVICE_TESTS = harness.ROOT / "tests" / "device"
NOBODY = "setpriv --reuid 65534 --clear-groups"


def small_device(name: str) -> dict:
    return {"name": name, "crtcs": [{"name": "c"}],
            "planes": [{"name": "p", "type": "primary", "possible_crtcs": ["c"]}],
            "encoders": [{"name": "e", "possible_crtcs": ["c"]}],
            "connectors": [{"name": "n", "possible_encoders": ["e"]}]}


class Agreement(GuestTest):
    # The kernel's console is on both outputs; then drm-show is; then only on one, its plane beside
    # the corner and turned.
    script = ("DRIVER=vkms; all console; show; all shown; end_show || exit; "
              "show --output Virtual-2 --mode 800x600 --set plane.CRTC_X=100 --set plane.CRTC_Y=-50 "
              "--set plane.rotation=rotate-180; all moved; end_show || exit; "
              "show --legacy; all legacy; end_show")
    options = ("--outputs", "2")
    states = ("console", "shown", "moved", "legacy")

    def test_with_drm_info(self):
        for state in self.states:
            with self.subTest(state):
                self.assert_agrees_with_drm_info(state, least=2500)

    def test_with_modetest(self):
        for state in self.states:
            with self.subTest(state):
                self.assert_agrees_with_modetest(state)

    def test_planes_and_modes_were_active(self):
        for state in self.states:
            with self.subTest(state):
                report = self.report(f"{state}.ours")
                self.assertEqual([crtc["mode"] is not None for crtc in report["crtcs"]], [True] * 2)
                self.assertEqual(sum(plane["fb"] is not None for plane in report["planes"]), 2)
                self.assertEqual(len(report["framebuffers"]), 1 if state == "console" else 2)

    def test_a_plane_beside_the_corner(self):
        planes = [plane for plane in self.report("moved.ours")["planes"] if plane["fb_id"]]
        self.assertEqual([(plane["crtc_x"], plane["crtc_y"]) for plane in planes],
                         [(0, 0), (100, -50)])
        self.assertEqual(planes[1]["properties"]["rotation"]["text"], "rotate-180")

    def test_reports_are_valid(self):
        self.assert_valid(*[f"{state}.ours" for state in self.states])


class Views(GuestTest):
    views = ("list", "tree", "formats", "graph", "Virtual-1", "graph svg")
    script = ("show; run report $QUERY --json; cp $VM_OUT/report.out report.json; n=0; "
              + "; ".join(f"run live{n} $QUERY {view}; run saved{n} $QUERY --from report.json {view}"
                          for n, view in enumerate(views))
              + "; run difference $QUERY diff report.json; end_show; "
              "run changed $QUERY diff report.json; "
              "printf 'get Virtual-1.link-status\\nquit\\nget no.such\\n' | run shell $QUERY shell; "
              "printf 'get Virtual-1.no-such\\nget Virtual-1.link-status\\n' | run failing $QUERY shell; "
              f"run tab python3 {DEVICE_TESTS}/press_tab.py 'show Virt' $QUERY shell; "
              f"run tab2 python3 {DEVICE_TESTS}/press_tab.py 'get Virtual-1.link' $QUERY shell")

    def test_a_saved_report_shows_what_the_device_did(self):
        for n, view in enumerate(self.views):
            with self.subTest(view):
                live = self.ran(f"live{n}").out
                self.assertGreater(len(live), 100)
                self.assertEqual(self.ran(f"saved{n}").out, live)

    def test_the_difference_is_none_until_something_changes(self):
        self.assertEqual(self.ran("difference").out, "")
        self.assertIn("FB_ID", self.ran("changed", code=11).out)

    def test_the_shell_answers_a_script(self):
        self.assertEqual(self.ran("shell").out, "Good\n")

    def test_the_shell_stops_a_script_that_fails(self):
        self.assert_refused("failing", 10, "no-such")
        self.assertNotIn("Good", self.ran("failing", 10).out)

    def test_tab_completes_outputs_and_properties(self):
        self.assertRegex(self.ran("tab").out, r"Virtual-1[^\n]*connected")
        self.assertIn("Good", self.ran("tab2").out)


class Users(GuestTest):
    script = "chmod 600 /dev/dri/card0; {}; chmod 666 /dev/dri/card0; {}".format(
        *["; ".join(f"run {who}-{name} {NOBODY} $QUERY {words}"
                    for name, words in (("list", ""), ("json", "--json"), ("tree", "tree"),
                                        ("link", "get Virtual-1.link-status")))
          for who in ("nobody", "reader")])
    options = ("--outputs", "2")

    def test_who_may_not_open_the_device_is_told_what_sysfs_knows(self):
        report = self.report("nobody-json")
        self.assertEqual(report["access"], "sysfs")
        for name in ("Virtual-1", "Virtual-2"):
            connector = self.connector(report, name)
            self.assertEqual(connector["status_name"], "connected")
            self.assertIn("1024x768", [mode["name"] for mode in connector["modes"]])
        self.assertRegex(self.ran("nobody-list").out, r"(?m)^ *Virtual-2 +connected ")
        self.assertIn("Permission denied", self.ran("nobody-list").out)
        self.assertIn("Virtual-1", self.ran("nobody-tree").out)

    def test_what_sysfs_does_not_know_is_refused(self):
        self.assert_refused("nobody-link", 4, "link-status", "/dev/dri/card0", "group")

    def test_who_may_read_the_device_is_told_everything_but_the_masters(self):
        report = self.report("reader-json")
        self.assertEqual((report["access"], report["masters"]), ("full", None))
        self.assertEqual(len(report["planes"]), 6)
        self.assertEqual(self.ran("reader-link").out, "Good\n")

    def test_reports_are_valid(self):
        self.assert_valid("nobody-json", "reader-json")


class TwoCards(GuestTest):
    # The kernel numbers outputs through all cards: only ids can be the same on both.
    script = ("run all $QUERY --json; "
              "id=$(python3 -c 'import json, sys; print(json.load(sys.stdin)[\"/dev/dri/card0\"][\"planes\"][0][\"id\"])' "
              "< $VM_OUT/all.out); run which $QUERY get plane/$id.type; run show $QUERY plane/$id; "
              "run one $QUERY get card1/plane/$id.type; "
              "run chosen $QUERY --device card1 get plane/$id.type; "
              "run output $QUERY get Virtual-2.link-status; "
              "run number $QUERY --device 1 --json; run driver $QUERY -d vkms --json; "
              "run path $QUERY -d /dev/dri/card0 --json; run unknown $QUERY -d vkmz; "
              "run absent $QUERY -d /dev/dri/card7; run null $QUERY -d /dev/null")
    options = ("--vkms", json.dumps([small_device("one"), small_device("two")]))

    def test_both_are_there(self):
        self.assertEqual(list(self.json("all")), [CARD, "/dev/dri/card1"])
        self.assert_valid("all")

    def test_a_name_that_both_have_is_refused_with_both_paths(self):
        for name in ("which", "show"):
            self.assert_refused(name, 2, "card0/plane/", "card1/plane/")

    def test_the_card_before_the_name_or_as_an_option_decides(self):
        for name in ("one", "chosen"):
            self.assertEqual(self.ran(name).out, "Primary\n")
        self.assertEqual(self.ran("output").out, "Good\n")

    def test_selection(self):
        self.assertEqual(list(self.json("number")), ["/dev/dri/card1"])
        self.assertEqual(list(self.json("driver")), [CARD, "/dev/dri/card1"])
        self.assertEqual(list(self.json("path")), [CARD])
        self.assert_refused("unknown", 3, "vkmz", 'Did you mean "vkms"?')
        self.assert_refused("absent", 3, "/dev/dri/card7")
        self.assert_refused("null", 3, "/dev/null is not a DRM device")


class RenderOnly(GuestTest):
    script = ("run list $QUERY; run json $QUERY --json; run tree $QUERY tree; "
              "run vgem $QUERY -d vgem --json; run vgem-list $QUERY -d vgem; "
              "run node $QUERY -d /dev/dri/renderD128")
    options = ("--vgem",)

    def test_it_is_listed_and_no_error(self):
        for name in ("list", "vgem-list"):
            self.assertRegex(self.ran(name).out, r"(?m)^card\d  vgem .*\n +renders only")
        self.assertIn("vgem", self.ran("tree").out)
        self.assertEqual(self.ran("list").err + self.ran("vgem-list").err, "")

    def test_its_report_has_no_displays(self):
        (report,) = self.json("vgem").values()
        self.assertEqual(report["driver"]["name"], "vgem")
        self.assertNotIn("connectors", report)
        self.assertEqual(sorted(each["driver"]["name"] for each in self.json("json").values()),
                         ["vgem", "vkms"])
        self.assert_valid("vgem", "json")

    def test_a_render_node_is_refused(self):
        self.assert_refused("node", 3, "render node", "primary node")


class ColourPipelines(GuestTest):
    script = "DRIVER=vkms; all pipes; run tree $QUERY tree"
    options = ("--vkms", "built-in")

    def planes(self) -> list[dict]:
        return self.report("pipes.ours")["planes"]

    def test_each_plane_has_pipelines_of_known_colorops(self):
        report = self.report("pipes.ours")
        known = {op["id"]: op for op in report["colorops"]}
        for plane in self.planes():
            entries = {entry["name"]: entry["value"]
                       for entry in plane["properties"]["COLOR_PIPELINE"]["spec"]}
            self.assertEqual(entries["Bypass"], 0)
            self.assertTrue(set(entries.values()) - {0} <= set(known))
            self.assertGreater(len(entries), 1)

    def test_the_colorops_lead_from_the_first_to_the_last(self):
        known = {op["id"]: op["properties"] for op in self.report("pipes.ours")["colorops"]}
        (first,) = {entry["value"] for entry in
                    self.planes()[0]["properties"]["COLOR_PIPELINE"]["spec"]} - {0}
        types = []
        while first:
            types.append(known[first]["TYPE"]["text"])
            first = known[first]["NEXT"]["value"]
        # drivers/gpu/drm/vkms/vkms_colorop.c
        self.assertEqual(types, ["1D Curve", "3x4 Matrix", "3x4 Matrix", "1D Curve"])

    def test_the_older_colour_properties_are_still_shown(self):
        for plane in self.planes():
            self.assertIn("COLOR_ENCODING", plane["properties"])
            self.assertIn("COLOR_RANGE", plane["properties"])
        self.assert_agrees_with_drm_info("pipes", least=1000)

    def test_the_tree_tells_the_types(self):
        for text in ("COLOR_PIPELINE", "1D Curve", "3x4 Matrix", "COLOR_ENCODING"):
            self.assertIn(text, self.ran("tree").out)
        self.assert_valid("pipes.ours")


if __name__ == "__main__":
    harness.main()
