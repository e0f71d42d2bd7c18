//go:build unix

package hostile

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pathology is something in the scripts folder that should not be there.
type pathology struct {
	item, name, tries string
	action            string // called once the folder is loaded; "" is none
	want              string // statuses of that call
	put               func(dir string) error
	long              bool
}

func file(name, text string) func(string) error {
	return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644) }
}

func link(to, name string) func(string) error {
	return func(dir string) error { return os.Symlink(to, filepath.Join(dir, name)) }
}

// pathologies are what a folder may hold; all of them can be there at once.
func pathologies() []pathology {
	all := []pathology{
		{"62", "named pipe", "A pipe that nobody writes to.", "pipe", refused, func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "pipe.lua"), 0o644) }, false},
		{"62", "socket", "A socket that looks like a script.", "socket", refused, func(dir string) error {
			ln, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, "socket.lua")})
			if err == nil {
				ln.SetUnlinkOnClose(false)
				err = ln.Close()
			}
			return err
		}, false},
		{"62", "folder named like a script", "", "folder", refused, func(dir string) error { return os.Mkdir(filepath.Join(dir, "folder.lua"), 0o755) }, false},
		{"62", "link out", "A link to a file outside of the folder.", "passwd", refused, link("/etc/passwd", "passwd.lua"), false},
		{"62", "relative link out", "", "outside", refused, link("../../../../../../etc/passwd", "outside.lua"), false},
		{"62", "link to a device", "", "zero", refused, link("/dev/zero", "zero.lua"), false},
		{"62", "link loop", "", "loop", refused, func(dir string) error {
			return errors.Join(link("loop2.lua", "loop.lua")(dir), link("loop.lua", "loop2.lua")(dir))
		}, false},
		{"62", "link to itself", "", "me", refused, link("me.lua", "me.lua"), false},
		{"62", "link to nothing", "", "dangling", refused, link("nowhere.lua", "dangling.lua"), false},
		{"62", "link to the folder itself", "A folder that holds itself.", "neighbour_quick", "", link(".", "again"), false},
		{"62", "link to the folder above", "", "neighbour_quick", "", link("..", "above"), false},
		{"62", "case twins", "Two names that some systems take for one.", "Twin", "200", func(dir string) error { return errors.Join(file("Twin.lua", fine)(dir), file("twin.lua", fine)(dir)) }, false},
		{"36", "two files for one action", "", "clash", refused, func(dir string) error {
			return errors.Join(os.MkdirAll(filepath.Join(dir, "one"), 0o755), os.MkdirAll(filepath.Join(dir, "two"), 0o755), file("one/clash.lua", fine)(dir), file("two/clash.lua", fine)(dir))
		}, false},
		{"63", "unreadable file", "", "secret", refused, func(dir string) error { return os.WriteFile(filepath.Join(dir, "secret.lua"), []byte(fine), 0o000) }, false},
		{"63", "unreadable folder", "", "hidden", refused, func(dir string) error {
			return errors.Join(os.Mkdir(filepath.Join(dir, "closed"), 0o755), file("closed/hidden.lua", fine)(dir), os.Chmod(filepath.Join(dir, "closed"), 0))
		}, false},
		{"", "60 folders inside one another", "", "bottom", refused, func(dir string) error {
			deep := filepath.Join(dir, strings.Repeat("d/", 60))
			return errors.Join(os.MkdirAll(deep, 0o755), os.WriteFile(filepath.Join(deep, "bottom.lua"), []byte(fine), 0o644))
		}, false},
		{"", "strange names", "Names with blanks, line breaks, markup, broken UTF-8 and 250 letters.", "", "", func(dir string) error {
			var errs []error
			for _, name := range []string{"a b", "a\nb", "a\x1b[31mb", "<b>", "'\"", "\xff\xfe", "ä", "%00", "$(id)", "..", "...", "a.b", "-rf", strings.Repeat("n", 250), "con", "a;b"} {
				errs = append(errs, file(name+".lua", fine)(dir))
			}
			return errors.Join(errs...)
		}, false},
		{"", "no name at all", "", "", "", func(dir string) error { return errors.Join(file(".lua", fine)(dir), file("_.lua", fine)(dir)) }, false},
		{"62", "300 folders", "", "", "", func(dir string) error {
			var errs []error
			for i := range 300 {
				errs = append(errs, os.MkdirAll(filepath.Join(dir, "many"+strconv.Itoa(i)), 0o755))
			}
			return errors.Join(errs...)
		}, false},
		{"62", "sparse file of 1 TB", "A file that says it is very long.", "sparse", refused, func(dir string) error {
			return errors.Join(file("sparse.lua", "")(dir), os.Truncate(filepath.Join(dir, "sparse.lua"), 1<<40))
		}, false},
		{"62", "9,000 files", "", "file8000", "200", files(9000), true},
	}
	for i := range all {
		if all[i].tries == "" {
			all[i].tries = "A folder with that in it."
		}
	}
	for i, s := range sources() {
		name := "source" + strconv.Itoa(i)
		all = append(all, pathology{s.item, s.name, "A script that is hard to read or to compile.", name, s.want, file(name+".lua", s.text), false})
	}
	return all
}

func files(n int) func(dir string) error {
	return func(dir string) error {
		var errs []error
		for i := range n {
			errs = append(errs, file("file"+strconv.Itoa(i)+".lua", "return function() end\n")(dir))
		}
		return errors.Join(errs...)
	}
}

// attackByFolders puts each pathology into the folder of a running server, then all of them before a start.
func attackByFolders(ctx context.Context, r *run) error {
	var put []pathology
	for i, p := range pathologies() {
		if strings.Contains(p.name, r.Only) && (!r.Quick || !p.long && i%3 == 0) {
			put = append(put, p)
		}
	}
	if len(put) == 0 {
		return nil
	}
	if err := r.reload(ctx, put); err != nil {
		return err
	}
	few := slices.DeleteFunc(slices.Clone(put), func(p pathology) bool { return p.long })
	if err := r.startWith("all of it", few); err != nil || r.Quick {
		return err
	}
	// The neighbours come first by name.
	return r.startWith("30,000 files", []pathology{{name: "30,000 files", action: "neighbour_quick", want: "200", put: func(dir string) error {
		return errors.Join(os.Mkdir(filepath.Join(dir, "zzz"), 0o755), files(30_000)(filepath.Join(dir, "zzz")))
	}}})
}

// loadWithin is how long loading may take, everything else on the machine included.
const loadWithin = 90 * time.Second

func (r *run) reload(ctx context.Context, put []pathology) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	if err := errors.Join(writeHonest(scripts), mark(scripts, 0)); err != nil {
		return err
	}
	s, n, err := r.serve(scripts)
	if err != nil {
		return err
	}
	for i, p := range put {
		if ctx.Err() != nil {
			break
		}
		s.forgetPeak()
		n.since()
		row := Row{Group: "reloads", Item: p.item, Name: p.name, Tries: p.tries, Want: p.want}
		began := time.Now()
		if err := errors.Join(p.put(scripts), mark(scripts, i+1)); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if !s.marked(i + 1) {
			row.Wrong = append(row.Wrong, "a script saved at the same time was not loaded")
		}
		row.Time = time.Since(began)
		r.called(&row, s, p, scripts)
		var calm bool
		if row.Calm, calm = n.calm(); !calm && !p.long {
			row.Wrong = append(row.Wrong, "still used processor time 5 s later")
		}
		var harmed []string
		row.Neighbours, harmed = n.since()
		row.Wrong = append(row.Wrong, harmed...)
		r.add(row, s)
		if s.dead() != "" {
			return nil
		}
		if err := r.tidy(scripts); err != nil {
			return err
		}
	}
	return r.close("reloads", s, n)
}

// tidy takes everything out of the folder but what the neighbours and the mark are.
func (r *run) tidy(scripts string) error {
	_ = os.Chmod(filepath.Join(scripts, "closed"), 0o755)
	entries, err := os.ReadDir(scripts)
	for _, e := range entries {
		if _, ok := honest()[strings.TrimSuffix(e.Name(), ".lua")]; !ok && e.Name() != "mark.lua" {
			err = errors.Join(err, os.RemoveAll(filepath.Join(scripts, e.Name())))
		}
	}
	return err
}

// called calls the action that the pathology is about.
func (r *run) called(row *Row, s *server, p pathology, scripts string) {
	row.Got = "loaded"
	if p.action == "" || p.want == "" {
		return
	}
	a := s.post(body(p.action, "folder"), r.Timeout+20*time.Second)
	row.Got = map[int]string{200: "loaded", 404: "refused", 500: "fails when called"}[a.status]
	if a.err != nil || !strings.Contains(p.want, strconv.Itoa(a.status)) {
		row.Wrong = append(row.Wrong, fmt.Sprintf("answered %d %.200s %v", a.status, a.body, a.err))
	}
	row.Wrong = append(row.Wrong, a.told(scripts)...)
}

// mark saves a script that says a number.
func mark(scripts string, n int) error {
	text := fmt.Sprintf("return function(dispatcher) dispatcher:utter_message('mark %d.') end\n", n)
	temporary := filepath.Join(scripts, ".mark")
	return errors.Join(os.WriteFile(temporary, []byte(text), 0o644), os.Rename(temporary, filepath.Join(scripts, "mark.lua")))
}

// marked waits until the server serves the mark.
func (s *server) marked(n int) bool {
	for until := time.Now().Add(loadWithin); time.Now().Before(until) && s.dead() == ""; time.Sleep(20 * time.Millisecond) {
		if a := s.post(body("mark", "mark"), 10*time.Second); strings.Contains(string(a.body), fmt.Sprintf("mark %d.", n)) {
			return true
		}
	}
	return false
}

// startWith starts a server on a folder that holds all of it at once.
func (r *run) startWith(name string, put []pathology) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	defer func() { _ = os.Chmod(filepath.Join(scripts, "closed"), 0o755) }()
	if err := writeHonest(scripts); err != nil {
		return err
	}
	for _, p := range put {
		if err := p.put(scripts); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	row := Row{Group: "starts", Name: name, Tries: "Starts on a folder with that in it.", Got: "serves"}
	began := time.Now()
	s, n, err := r.serve(scripts)
	if err != nil {
		row.Got, row.Wrong = "does not start", []string{err.Error()}
		r.add(row, nil)
		return nil
	}
	row.Time = time.Since(began)
	for _, p := range put {
		r.called(&row, s, p, scripts)
	}
	row.Got = "serves"
	r.add(row, s)
	return r.close("starts", s, n)
}
