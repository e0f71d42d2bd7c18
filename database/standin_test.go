package database_test

import (
	"context"
	"errors"
	"testing"

	"github.com/luaction/luaction/database"
)

func TestStand(t *testing.T) {
	t.Parallel()
	d := database.Stand("shop", func(_ context.Context, exec bool, r database.Request) (*database.Rows, database.Result, error) {
		if exec {
			return nil, database.Result{Affected: int64(len(r.Args))}, nil
		}
		return &database.Rows{Columns: []string{"a"}, Cells: []any{int64(1), int64(2)}}, database.Result{}, nil
	})
	defer d.Close()
	ctx := t.Context()
	tx, err := d.Begin(ctx, ctx)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := d.Query(ctx, tx, database.Request{Text: "SELECT 1", Rows: 1}); err != nil || rows.Len() != 1 {
		t.Errorf("%v %v", rows, err)
	}
	if result, err := d.Exec(ctx, tx, database.Request{Text: "x ?, ?", Args: []any{1, database.List{1, 2}}}); err != nil || result.Affected != 2 {
		t.Errorf("%v %v", result, err)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Error(err)
	}
	tx.Rollback(ctx)
	if _, err := d.Query(ctx, nil, database.Request{Text: "SELECT ?; SELECT 2"}); err == nil {
		t.Error("two statements are no mistake")
	}
	none := errors.New("none")
	set := database.Finding(func(string) (*database.Database, error) { return nil, none })
	if _, err := set.Find("x"); !set.Finds() || !errors.Is(err, none) || (*database.Set)(nil).Finds() {
		t.Error("a set that finds doesn't")
	}
}
