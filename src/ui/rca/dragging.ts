import * as vscode from 'vscode';
import { type Dragged, draggedType } from '../../core/rca/dragged.ts';

/** Lets rows of a view be dropped into documents of an incident. Nothing is ever dropped onto the view. */
export function dragging<Row>(toDragged: (row: Row) => Dragged | undefined): vscode.TreeDragAndDropController<Row> {
  return {
    dragMimeTypes: [draggedType],
    dropMimeTypes: [],
    handleDrag(rows, transfer) {
      const dragged = rows.flatMap((row) => toDragged(row) ?? []);
      if (dragged.length > 0) transfer.set(draggedType, new vscode.DataTransferItem(JSON.stringify(dragged)));
    },
  };
}
