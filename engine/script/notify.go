package script

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier listens to the scripts folder, to the folders below it, and to every folder that holds a link on the way to it.
// A nil notifier never has an event.
type notifier struct {
	dir     string
	watcher *fsnotify.Watcher
	watched map[string]sig      // by path: which folder was there when it was watched
	names   map[string]struct{} // paths outside the scripts folder whose change may change what the path means
	root    string              // the scripts folder without links
}

func newNotifier(dir string) (*notifier, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{dir: dir, watcher: watcher, watched: map[string]sig{}}, nil
}

func (n *notifier) close() {
	if n != nil {
		n.watcher.Close()
	}
}

func (n *notifier) events() <-chan fsnotify.Event {
	if n == nil {
		return nil
	}
	return n.watcher.Events
}

func (n *notifier) errors() <-chan error {
	if n == nil {
		return nil
	}
	return n.watcher.Errors
}

func overflowed(err error) bool { return errors.Is(err, fsnotify.ErrEventOverflow) }

// judge tells whether an event may mean a change of what is served, and whether it names a script or data. Other names only
// count when they come or go: they may be folders, or links that scripts lead through.
func (n *notifier) judge(event fsnotify.Event) (relevant, script bool) {
	if event.Op == fsnotify.Chmod {
		return false, false
	}
	if _, ok := n.names[event.Name]; ok {
		return true, false
	}
	below, ok := strings.CutPrefix(event.Name, n.root+string(filepath.Separator))
	if !ok {
		return false, false
	}
	base := filepath.Base(below)
	if strings.HasSuffix(base, ".lua") {
		return !strings.HasPrefix(base, "."), true
	}
	if ofEditor(base) {
		return false, false
	}
	hidden := strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || leftover(base)
	written := !hidden && event.Has(fsnotify.Write)
	return written || event.Op&^(fsnotify.Write|fsnotify.Chmod) != 0, written
}

// follow makes the watched folders those of the listing. An error means that events can't be relied on at all.
func (n *notifier) follow(list *listing) (more bool, err error) {
	wanted := map[string]sig{}
	n.names = map[string]struct{}{}
	for _, step := range steps(n.dir) {
		n.names[step] = struct{}{}
		addFolder(wanted, filepath.Dir(step))
	}
	n.root = list.real
	if list.real != "" {
		for _, f := range list.folders {
			wanted[filepath.Join(list.real, filepath.FromSlash(f.path))] = f.id
		}
	}
	active := map[string]bool{}
	for _, path := range n.watcher.WatchList() {
		active[path] = true
	}
	for path := range active {
		if id, ok := wanted[path]; !ok || id != n.watched[path] {
			_ = n.watcher.Remove(path) // it may be gone by itself
			delete(active, path)
		}
	}
	n.watched = wanted
	for _, path := range slices.Sorted(maps.Keys(wanted)) {
		if active[path] {
			continue
		}
		if err := n.watcher.Add(path); err != nil {
			delete(n.watched, path)
			if passing(err) {
				continue
			}
			return more, err
		}
		more = true
	}
	return more, nil
}

// passing tells whether an error is about one folder only, which the poll looks after.
func passing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR)
}

func addFolder(folders map[string]sig, path string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		folders[path] = sigOf(info).identity()
	}
}

// steps are the paths whose change may make dir mean another folder: every link on the way, and the folder itself.
func steps(dir string) []string {
	const most = 64 // links on the way; a loop has no end
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	var all []string
	for range most {
		link := firstLink(path)
		if link == "" {
			return append(all, path)
		}
		all = append(all, link)
		target, err := os.Readlink(link)
		if err != nil {
			return all
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(link), target)
		}
		path = filepath.Join(target, strings.TrimPrefix(path, link))
	}
	return all
}

// firstLink is the shortest leading part of path that is a link, or "".
func firstLink(path string) string {
	volume := len(filepath.VolumeName(path))
	for i := volume + 1; i <= len(path); i++ {
		if i < len(path) && !os.IsPathSeparator(path[i]) {
			continue
		}
		info, err := os.Lstat(path[:i])
		if err != nil {
			return ""
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return path[:i]
		}
	}
	return ""
}
