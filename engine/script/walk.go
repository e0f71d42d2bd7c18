package script

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

const (
	maxDepth = 32 // folders inside each other; a tree of links could be endless without being a loop
	// entriesPerFile bounds the whole tree, data included, as a multiple of MaxFiles.
	entriesPerFile = 10
	batch          = 1024
)

type kind uint8

const (
	isAction kind = iota
	isLib
	isData
	isTest
)

// found is one script or data file in the folder, not opened yet.
type found struct {
	path  string // below the folder, with slashes
	name  string // action name or require name; of data the path
	kind  kind
	sig   sig   // of the file itself, after following links
	link  sig   // of the entry, if that is a link
	fault fault // why it must not be opened; its message is "" if it may
}

// folder is one folder below the root that was listed; the root's own path is ".".
type folder struct {
	path string
	id   sig
}

// trouble is a fault of a place in the tree that isn't a script: a folder that can't be listed, a cap that was met.
type trouble struct {
	path string
	fault
}

// listing is what the scripts folder holds, without contents. Two equal listings make it likely that nothing changed.
type listing struct {
	real     string // the folder's path without links; "" when there is none
	id       sig
	missing  fault // why the folder as a whole can't be read; its message is "" if it can
	files    []found
	folders  []folder
	troubles []trouble
	unlisted []string // folders whose content isn't known now: nothing in them counts as deleted
	partial  bool     // a cap was met: nothing at all counts as deleted
}

func (a *listing) equal(b *listing) bool {
	return a != nil && b != nil && a.real == b.real && a.id == b.id && a.missing == b.missing && a.partial == b.partial &&
		slices.Equal(a.files, b.files) && slices.Equal(a.folders, b.folders) && slices.Equal(a.troubles, b.troubles)
}

// hidden tells whether the path may still be there though the listing hasn't got it.
func (a *listing) hidden(file string) bool {
	if a.partial || a.missing.message != "" {
		return true
	}
	return slices.ContainsFunc(a.unlisted, func(dir string) bool { return strings.HasPrefix(file, dir+"/") })
}

type walker struct {
	root    *os.Root
	opts    *Options
	list    *listing
	entries int
	total   int64
}

// walk lists root. Nothing but folders is opened.
func walk(root *os.Root, real string, opts *Options) *listing {
	w := &walker{root: root, opts: opts, list: &listing{real: real}}
	info, err := root.Stat(".")
	if err != nil {
		w.list.missing = unreadable("the scripts folder "+opts.Dir, err)
		return w.list
	}
	w.list.id = sigOf(info).identity()
	w.folder(".", info, nil)
	slices.SortFunc(w.list.files, func(a, b found) int { return strings.Compare(a.path, b.path) })
	w.cap()
	return w.list
}

// cap cuts the list where the limits are met; the files it keeps are the first by path, so that every scan keeps the same.
func (w *walker) cap() {
	scripts, room := 0, dataRoom{opts: w.opts}
	for i := range w.list.files {
		f := &w.list.files[i]
		if f.kind == isData {
			room.take(f)
			continue
		}
		scripts++
		if f.fault.message == "" && f.sig.size <= w.opts.MaxFile {
			w.total += f.sig.size
		}
		if scripts <= w.opts.MaxFiles && w.total <= w.opts.MaxTotal {
			continue
		}
		text := fmt.Sprintf("more than %d scripts", w.opts.MaxFiles)
		if scripts <= w.opts.MaxFiles {
			text = fmt.Sprintf("scripts of more than %s together", size(w.opts.MaxTotal))
		}
		w.trouble(".", "the scripts folder holds "+text+"; what comes after "+w.list.files[max(i-1, 0)].path+
			" by name isn't loaded", "move files that are no actions elsewhere")
		w.list.files = w.list.files[:i]
		w.list.partial = true
		return
	}
}

func (w *walker) trouble(at, message, hint string) {
	w.list.troubles = append(w.list.troubles, trouble{at, fault{message, hint}})
}

// folder lists one folder and those in it. above are the folders that lead to it, to end a loop of links.
func (w *walker) folder(dir string, info fs.FileInfo, above []fs.FileInfo) {
	if len(above) >= maxDepth {
		w.trouble(dir, "folders are nested too deep here", "move it further up")
		return
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		w.trouble(dir, "this link leads back to a folder it lies in", "remove the link")
		return
	}
	names, err := w.names(dir)
	if err != nil {
		if dir == "." {
			w.list.missing = unreadable("the scripts folder "+w.opts.Dir, err)
			return
		}
		w.list.troubles = append(w.list.troubles, trouble{dir, unreadable("this folder", err)})
		w.list.unlisted = append(w.list.unlisted, dir)
		return
	}
	w.list.folders = append(w.list.folders, folder{dir, sigOf(info).identity()})
	above = append(slices.Clone(above), info)
	for _, entry := range names {
		w.entry(dir, entry, above)
	}
}

// names reads a folder's entries, sorted, up to what is left of the cap.
func (w *walker) names(dir string) ([]fs.DirEntry, error) {
	file, err := w.root.OpenFile(filepath.FromSlash(dir), os.O_RDONLY|dontBlock, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []fs.DirEntry
	for {
		some, err := file.ReadDir(batch)
		all = append(all, some...)
		w.entries += len(some)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil || len(some) == 0 {
			break
		}
		if w.entries > w.opts.MaxFiles*entriesPerFile {
			if !w.list.partial {
				w.trouble(".", fmt.Sprintf("the scripts folder holds more than %d files; not all are looked at",
					w.opts.MaxFiles*entriesPerFile), "move files that are no actions elsewhere")
			}
			w.list.partial = true
			break
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

func (w *walker) entry(dir string, entry fs.DirEntry, above []fs.FileInfo) {
	base := entry.Name()
	at := path.Join(dir, base)
	inLib := strings.HasPrefix(at, "lib/")
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") && !inLib {
		return
	}
	what, plain := kindOf(at, inLib), entry.Type()&(fs.ModeDir|fs.ModeSymlink) == 0
	if what == isTest && !w.opts.Tests {
		return
	}
	if what == isData && plain && leftover(base) {
		return
	}
	info, err := w.root.Lstat(filepath.FromSlash(at))
	if err != nil {
		// Gone since the folder was read, so the next listing differs; or a folder that may be read and not entered.
		if (what != isData || plain) && !errors.Is(err, os.ErrNotExist) {
			w.file(at, what, info, nil, unreadable("this file", err))
		}
		return
	}
	var link fs.FileInfo
	if info.Mode()&fs.ModeSymlink != 0 {
		link = info
		if info, err = w.root.Stat(filepath.FromSlash(at)); err != nil {
			w.badLink(at, what, link, err)
			return
		}
	}
	switch {
	case what != isData:
		w.file(at, what, info, link, notRegular(info.Mode()))
	case info.IsDir():
		w.folder(at, info, above)
	case !leftover(base):
		w.file(at, what, info, link, notRegular(info.Mode()))
	}
}

func kindOf(at string, inLib bool) kind {
	switch {
	case !strings.HasSuffix(at, ".lua"):
		return isData
	case strings.HasSuffix(at, "_test.lua"):
		return isTest
	case inLib:
		return isLib
	}
	return isAction
}

func (w *walker) file(at string, what kind, info, link fs.FileInfo, why fault) {
	f := found{path: at, kind: what, fault: why}
	switch what {
	case isAction:
		f.name = strings.TrimSuffix(path.Base(at), ".lua")
	case isLib:
		f.name = strings.ReplaceAll(strings.TrimSuffix(at, ".lua"), "/", ".")
	case isData, isTest:
		f.name = at
	}
	if info != nil {
		f.sig = sigOf(info)
	}
	if why.message != "" {
		// A folder's or pipe's times say nothing about a script, and would count as changes.
		f.sig = f.sig.identity()
	}
	if link != nil {
		f.link = sigOf(link)
	}
	w.list.files = append(w.list.files, f)
}

// badLink is for a link that doesn't lead to anything inside the folder.
func (w *walker) badLink(at string, what kind, link fs.FileInfo, err error) {
	if what == isData {
		// Looking is not opening: a link to a folder is worth a word, since scripts were expected from it.
		target, statErr := os.Stat(filepath.Join(w.list.real, filepath.FromSlash(at)))
		if statErr == nil && target.IsDir() {
			w.list.troubles = append(w.list.troubles, trouble{at, linkFault(nil)})
			w.list.unlisted = append(w.list.unlisted, at)
			return
		}
		if leftover(path.Base(at)) {
			return
		}
	}
	w.file(at, what, nil, link, linkFault(err))
}

func linkFault(err error) fault {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fault{"this link leads to a file that doesn't exist", "remove the link, or put the file there"}
	case errors.Is(err, os.ErrPermission):
		return unreadable("the file this link leads to", err)
	case errors.Is(err, syscall.ELOOP):
		return fault{"this link leads back to itself", "remove the link"}
	}
	return fault{"this link leads out of the scripts folder, or is absolute, and isn't followed",
		"put the file itself here, or a relative link to a file in the scripts folder"}
}

func notRegular(mode fs.FileMode) fault {
	what := ""
	switch {
	case mode.IsRegular():
		return fault{}
	case mode.IsDir():
		return fault{"this is a folder, and its name ends in .lua as a script's does", "take .lua off the folder's name"}
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	default:
		what = "a device"
	}
	return fault{"this is " + what + ", not a file", "put a plain text file here"}
}

// size writes a number of bytes the short way.
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
